import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** For tests: a receiver that breaks the rules, and how the log is to tell of it. */
export interface HostileReceiver {
  how: string;
  /** Called when the first byte of a request has come, or, if it is early, when it is connected. */
  converse: (socket: Socket) => void;
  isEarly?: boolean;
  status_code: number;
  error: string | null;
}

/** Sends without an end, as fast as it is taken. */
function flood(chunk: string | Buffer, beginning = ''): (socket: Socket) => void {
  return (socket) => {
    const more = () => {
      while (socket.writable && socket.write(chunk));
    };
    socket.on('drain', more);
    if (beginning !== '') socket.write(beginning);
    more();
  };
}

/** Sends a beginning and then nothing more. */
const say = (text: string) => (socket: Socket) => void socket.write(text);

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}transfer-encoding: chunked\r\n\r\n`;
const many = 'x'.repeat(65_536);

const answered = { status_code: 200, error: null };
const failed = (error: string) => ({ status_code: 0, error });
const invalid = failed('invalid HTTP response');
const endless = failed('invalid HTTP response: no end of it');
const tooLarge = failed('invalid HTTP response: the headers are too large');
const closed = failed('connection closed without a response');

/** Those whose attempts end by themselves. */
export const rudeReceivers: readonly HostileReceiver[] = [
  { how: 'a reset', converse: (socket) => socket.resetAndDestroy(), ...failed('connection reset') },
  { how: 'closing', converse: (socket) => void socket.end(), ...closed },
  {
    how: 'closing its half while it reads on',
    converse: (socket) => {
      socket.allowHalfOpen = true;
      socket.resume().end();
    },
    ...closed,
  },
  { how: 'half a head', converse: (socket) => void socket.end(`${ok}x-a`), ...closed },
  // The status decides, even if the body breaks off.
  {
    how: 'half a body',
    converse: (socket) => void socket.end(`${ok}content-length: 100\r\n\r\nabc`),
    ...answered,
  },
  { how: 'another protocol', converse: say('SSH-2.0-OpenSSH_9.2\r\n'), ...invalid },
  { how: 'a body without a head', converse: say('hello'), ...invalid },
  {
    how: 'a change of protocol',
    converse: say('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    ...invalid,
  },
  { how: 'a status that is none', converse: say('HTTP/1.1 000 X\r\n\r\n'), ...invalid },
  { how: 'U+0000 in a header', converse: say(`${ok}x-a: a\0b\r\n\r\n`), ...invalid },
  { how: 'a negative length', converse: say(`${ok}content-length: -1\r\n\r\n`), ...invalid },
  {
    how: 'two lengths',
    converse: say(`${ok}content-length: 3\r\ncontent-length: 4\r\n\r\nabcd`),
    ...invalid,
  },
  {
    how: 'a length and chunks',
    converse: say(`${ok}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\nabc`),
    ...invalid,
  },
  {
    how: 'a length beyond all numbers',
    converse: say(`${ok}content-length: ${'9'.repeat(30)}\r\n\r\n`),
    ...invalid,
  },
  { how: 'a chunk of no size', converse: say(`${chunked}zz\r\n`), ...answered },
  {
    how: 'huge headers',
    converse: say(`${ok}${`x-a: ${'x'.repeat(1000)}\r\n`.repeat(100)}\r\n`),
    ...tooLarge,
  },
  { how: 'one endless header', converse: flood(many, `${ok}x-a: `), ...tooLarge },
  { how: 'endless headers', converse: flood('x-a: b\r\n'.repeat(100), ok), ...tooLarge },
  {
    how: 'a flood of 1xx',
    converse: flood('HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n'.repeat(100)),
    ...failed('invalid HTTP response: no end of informational answers (1xx)'),
  },
  { how: 'an endless status line', converse: flood(many, 'HTTP/1.1 200 '), ...endless },
  { how: 'endless blank lines', converse: flood('\r\n'.repeat(10_000)), ...endless },
  { how: 'an endless size of a chunk', converse: flood('0'.repeat(65_536), chunked), ...endless },
  { how: 'an endless name of a chunk', converse: flood(many, `${chunked}5;a=`), ...endless },
  {
    how: 'endless trailers',
    converse: flood('x-a: b\r\n'.repeat(100), `${chunked}0\r\n`),
    ...answered,
  },
  {
    how: 'endless chunks of a byte',
    converse: flood('1\r\nx\r\n'.repeat(1000), chunked),
    ...answered,
  },
  { how: 'an endless body', converse: flood(many, `${ok}\r\n`), ...answered },
  {
    how: 'an endless body before the request',
    isEarly: true,
    converse: flood(many, `${ok}\r\n`),
    ...answered,
  },
  {
    how: 'gzip that would be a thousand times as long',
    converse: flood(gzipSync(Buffer.alloc(2 ** 24)), `${ok}content-encoding: gzip\r\n\r\n`),
    ...answered,
  },
  {
    how: 'more than was announced',
    converse: flood(many, `${ok}content-length: 2\r\n\r\nok`),
    ...answered,
  },
  {
    how: 'answer upon answer',
    converse: flood(`${ok}content-length: 0\r\n\r\n`.repeat(100)),
    ...answered,
  },
];

/** How long attempts at those may take that never come to an end, in milliseconds. */
export const hostileTimeout = 3000;

const late = failed('timed out after 3 s');

function drip(beginning: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(beginning);
    const dripping = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(dripping));
  };
}

/** Those whose attempts only the clock ends. */
export const slowReceivers: readonly HostileReceiver[] = [
  { how: 'silence', converse: (socket) => void socket.resume(), ...late },
  { how: 'not reading', converse: (socket) => void socket.pause(), ...late },
  { how: 'headers byte by byte', converse: drip(`${ok}x-slow: `), ...late },
  { how: 'a body byte by byte', converse: drip(`${ok}content-length: 100000\r\n\r\n`), ...late },
  { how: 'an answer that stays open', converse: say(`${ok}\r\nok`), ...late },
];
