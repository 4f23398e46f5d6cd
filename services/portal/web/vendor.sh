#!/usr/bin/env bash
# Refreshes vendor/ from the npm packages pinned below: `vendor.sh` writes the files and their SHA-256 sums.
# Two edits are made to what the packages hold, so that browsers can load them as they are: preact's hooks
# import preact by path instead of by name, and the pointers to source maps (not vendored) are dropped.
set -euo pipefail

PREACT=11.2.0
HTM=3.1.1
SIGNATURE_PAD=5.1.4
SWAGGER_UI=5.35.0

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

unpack() { # package version -> $work/package-version/
  local archive
  archive="$(cd "$work" && npm pack --silent --ignore-scripts "$1@$2")"
  mkdir -p "$work/$1-$2"
  tar -xzf "$work/$archive" -C "$work/$1-$2" --strip-components=1
}

vendor() { # package version file... -> vendor/package-version/
  local package="$1" version="$2" target="$here/vendor/$1-$2"
  shift 2
  unpack "$package" "$version"
  mkdir -p "$target"
  for file in LICENSE "$@"; do
    sed -e '/^\/\/# sourceMappingURL=/d' -e '/^\/\*# sourceMappingURL=.*\*\/$/d' \
      "$work/$package-$version/$file" > "$target/$(basename "$file")"
  done
}

rm -rf "$here/vendor"
vendor preact "$PREACT" dist/preact.mjs hooks/dist/hooks.mjs
sed -i 's#from"preact"#from"./preact.mjs"#' "$here/vendor/preact-$PREACT/hooks.mjs"
vendor htm "$HTM" dist/htm.mjs
vendor signature_pad "$SIGNATURE_PAD" dist/signature_pad.min.js
vendor swagger-ui-dist "$SWAGGER_UI" NOTICE swagger-ui-bundle.js swagger-ui-bundle.js.LICENSE.txt swagger-ui.css

cd "$here/vendor"
find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sed 's# \./# #' > SHA256SUMS
