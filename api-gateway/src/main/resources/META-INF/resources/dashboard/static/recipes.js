// How to do outside of the browser what the page does.

const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function header(text) {
  return ` \\\n  --header ${quoted(text)}`;
}

// The key itself never shows up: whoever copies this puts it into the environment.
function access(signedIn) {
  return signedIn === "true" ? ' \\\n  --header "Authorization: Bearer $SAM_KEY"' : "";
}

/** A request that answers with the picture. */
export function fitCurl({ job, signedIn }, parts) {
  return `curl --fail --silent --show-error ${location.origin}/v1/inversions/${job}/edits${access(signedIn)}`
    + header("Content-Type: application/json") + header("Accept: image/png")
    + ` \\\n  --data ${quoted(JSON.stringify({ edits: parts }))} \\\n  --output edited.png`;
}

/** The same without the service, once the latents are there. */
export function fitCommand({ job, bundle, signedIn }, parts) {
  const latents = `curl --fail --silent --show-error ${location.origin}/v1/inversions/${job}/artefacts/latents.safetensors`
    + `${access(signedIn)} \\\n  --output latents.safetensors`;
  const moves = parts.map((part) => ` \\\n  --direction ${part.direction} --strength ${part.strength}`
    + (part.layers ? ` --layers ${part.layers[0]}-${part.layers[1]}` : ""));
  return `${latents}\n./sam edit latents.safetensors --bundle ${bundle}${moves.join("")} --out edited.png`;
}
