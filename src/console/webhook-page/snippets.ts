/*
 * Receivers that verify the signature, to be copied. Each is complete and runs as it stands: with the
 * secret in WEBHOOK_SECRET and the port in PORT. `e2e/setup-help.e2e.ts` runs them.
 */

const node = `// npm install standardwebhooks
// Save as receiver.mjs; WEBHOOK_SECRET=… node receiver.mjs
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

// Throws below if it is empty: anybody could sign.
const secret = process.env.WEBHOOK_SECRET ?? '';
// Without whsec_ it is used as it is: the library says raw.
const webhook = secret.startsWith('whsec_')
  ? new Webhook(secret)
  : new Webhook(secret, { format: 'raw' });
const most = 1_000_000; // bytes of a body

// Your own.
async function work(event) {
  console.log(event);
}

createServer(async (request, response) => {
  try {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
    }
    if (size > most) return response.writeHead(413).end();
    // As it came, not parsed.
    const body = Buffer.concat(chunks).toString();
    try {
      // Throws if it is not ours, or too old.
      webhook.verify(body, request.headers);
    } catch (error) {
      return response.writeHead(401).end(error.message);
    }
    // Answer first, then do the work.
    response.writeHead(204).end();
    await work(JSON.parse(body));
  } catch (error) {
    // The caller hung up, or the work failed.
    console.error(error);
  }
}).listen(process.env.PORT ?? 3000);
`;

const python = `import base64, hashlib, hmac, json, os, re, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

secret = os.environ["WEBHOOK_SECRET"]
# After whsec_ there is base64; without it, it is used as it is.
key = secret.encode()
if secret.startswith("whsec_"):
    key = base64.b64decode(secret[6:])
if not key:
    raise SystemExit("WEBHOOK_SECRET is empty: anybody could sign")


# Your own.
def work(event):
    print(event)


def is_ours(headers, body):
    id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        return False
    signed = f"{id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    given = headers.get("webhook-signature", "").encode().split(b" ")
    if not any(hmac.compare_digest(expected, each) for each in given):
        return False
    # Not one that was overheard, and is sent again later.
    return abs(time.time() - int(timestamp)) <= 300


class Receiver(BaseHTTPRequestHandler):
    timeout = 15  # seconds that a caller may be silent

    def do_POST(self):
        status, body = self.read()
        self.send_response(status)
        self.end_headers()
        # Answered first, then the work is done.
        if status == 204:
            work(json.loads(body))

    def read(self):
        # A megabyte at most.
        length = self.headers.get("content-length", "")
        if not re.fullmatch("[0-9]{1,6}", length):
            return (413 if length.isdigit() else 411), b""
        # The body as it came, not parsed.
        body = self.rfile.read(int(length))
        return (204 if is_ours(self.headers, body) else 401), body


port = int(os.environ.get("PORT", "3000"))
ThreadingHTTPServer(("", port), Receiver).serve_forever()
`;

const go = `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func isOurs(key []byte, header http.Header, body []byte) bool {
	timestamp := header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || math.Abs(float64(time.Now().Unix()-seconds)) > 300 {
		return false // not one that was overheard, and is sent again later
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(header.Get("webhook-id") + "." + timestamp + "."))
	mac.Write(body)
	expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	for _, given := range strings.Split(header.Get("webhook-signature"), " ") {
		if hmac.Equal(expected, []byte(given)) {
			return true
		}
	}
	return false
}

func main() {
	// After whsec_ there is base64; without it, it is used as it is.
	secret := os.Getenv("WEBHOOK_SECRET")
	key := []byte(secret)
	if strings.HasPrefix(secret, "whsec_") {
		decoded, err := base64.StdEncoding.DecodeString(secret[6:])
		if err != nil {
			log.Fatal("WEBHOOK_SECRET: ", err)
		}
		key = decoded
	}
	if len(key) == 0 {
		log.Fatal("WEBHOOK_SECRET is empty: anybody could sign")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		// As it came, not parsed; a megabyte at most.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1_000_000))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		if !isOurs(key, r.Header, body) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	server := http.Server{
		Addr:         ":" + port,
		ReadTimeout:  15 * time.Second,
		WriteTimeout: 15 * time.Second,
	}
	log.Fatal(server.ListenAndServe())
}
`;

const openssl = `# Checks one delivery. Its body lies in body.json, as it came;
# its headers are in WEBHOOK_ID, _TIMESTAMP and _SIGNATURE.
hex() { od -An -v -tx1 | tr -d ' \\n'; }
: "\${WEBHOOK_SECRET:?is empty: anybody could sign}"
case $WEBHOOK_SECRET in
  # After whsec_ there is base64; without it, it is used as it is.
  whsec_*)
    key=$(printf %s "\${WEBHOOK_SECRET#whsec_}" |
      openssl base64 -d -A | hex) ;;
  *) key=$(printf %s "$WEBHOOK_SECRET" | hex) ;;
esac
content() {
  printf '%s.%s.' "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP"
  cat body.json
}
signature=$(content |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary |
  openssl base64 -A)
refuse() { echo "not valid: $1"; exit 1; }
[ -n "$key" ] && [ -n "$signature" ] || refuse 'no key, or openssl failed'
case " $WEBHOOK_SIGNATURE " in
  *" v1,$signature "*) ;;
  *) refuse 'the signature is another' ;;
esac
# Not one that was overheard, and is sent again later.
now=$(date +%s)
[ "$WEBHOOK_TIMESTAMP" -ge $((now - 300)) ] &&
  [ "$WEBHOOK_TIMESTAMP" -le $((now + 300)) ] || refuse 'it is too old'
echo valid
`;

/** By the name of the language or tool. */
export const snippets = { 'Node.js': node, Python: python, Go: go, openssl };
export type SnippetName = keyof typeof snippets;
export const snippetNames = Object.keys(snippets) as SnippetName[];
