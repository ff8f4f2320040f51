/*
 * What every platform of ours has and the language's own library does not declare: the console and
 * the server get these from their platforms' types, this room from here. Nothing else of a platform
 * is visible in `contract`.
 */

declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly origin: string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare function atob(base64: string): string;
declare function btoa(binary: string): string;
