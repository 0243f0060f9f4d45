// Takes callbacks and checks their signatures: node receiver.mjs PORT, with the secret in SAM_WEBHOOK_SECRET.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const toleranceSeconds = 300;
const key = Buffer.from(process.env.SAM_WEBHOOK_SECRET.slice("whsec_".length), "base64");
const seen = new Set();

function isGenuine(headers, body) {
  const timestamp = Number(headers["webhook-timestamp"]);
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= toleranceSeconds)) return false;
  const hmac = createHmac("sha256", key).update(`${headers["webhook-id"]}.${timestamp}.`).update(body);
  const expected = Buffer.from("v1," + hmac.digest("base64"));
  // Two signatures while a secret is being rotated.
  return (headers["webhook-signature"] ?? "")
    .split(" ")
    .map((each) => Buffer.from(each))
    .some((each) => each.length === expected.length && timingSafeEqual(each, expected));
}

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const genuine = isGenuine(request.headers, body);
  const id = request.headers["webhook-id"];
  // A message may come more than once: what is done for it must be done once.
  if (genuine && !seen.has(id)) {
    seen.add(id);
    console.log(body.toString());
  }
  response.writeHead(genuine ? 204 : 400).end();
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
