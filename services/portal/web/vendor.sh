#!/usr/bin/env bash
# Refreshes vendor/ and icons.svg from the npm packages pinned below: `vendor.sh` writes the files and the SHA-256 sums
# of what lies in vendor/. Three edits are made to what the packages hold, so that browsers can load them as they are:
# modules import each other by path instead of by name, the chart library's small script exports what it defines, and
# the pointers to source maps (not vendored) are dropped.
set -euo pipefail

PREACT=11.2.0
HTM=3.1.1
SIGNALS=2.11.4
SIGNALS_CORE=1.14.5
SIGNATURE_PAD=5.1.4
MARKED=18.2.1
DOMPURIFY=3.4.18
UPLOT=1.6.32
UQR=0.1.3
INTER=5.3.0
CAVEAT=5.3.0
LUCIDE=1.62.0
SWAGGER_UI=5.35.0

# The icons that pages may name, sorted.
ICONS="
  archive arrow-down arrow-left arrow-right arrow-up arrow-up-down at-sign banknote bell briefcase building-2 calendar
  chart-column check check-check chevron-down chevron-left chevron-right chevron-up chevrons-up-down circle circle-alert
  circle-check circle-help circle-x clipboard-list clock code columns-3 command copy credit-card download ellipsis
  external-link eye eye-off file file-check file-pen-line file-signature file-text filter flag folder folder-open globe
  grip-vertical hand-coins history house image inbox info key languages layers link list list-checks list-filter
  loader-circle lock log-in log-out mail mail-check menu message-square minus monitor moon move package palette
  panel-left paperclip pause pencil percent play plus printer puzzle receipt refresh-cw reply rotate-ccw save search
  send settings share-2 shield shield-check signature sliders-horizontal smartphone sparkles square square-check
  square-pen star sun tag timer trash-2 triangle-alert type undo-2 unlink upload user user-plus users wallet webhook
  wifi-off x zap
"

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
made="$work/vendor"

folder() { # package version -> the folder's name: @preact/signals 2.11.4 -> preact-signals-2.11.4
  local name="${1#@}"
  echo "${name//\//-}-$2"
}

unpack() { # package version -> $work/folder/
  local archive target
  archive="$(cd "$work" && npm pack --silent --ignore-scripts "$1@$2")"
  target="$work/$(folder "$1" "$2")"
  mkdir -p "$target"
  tar -xzf "$work/$archive" -C "$target" --strip-components=1
}

vendor() { # package version file... -> vendor/folder/
  local source target
  source="$work/$(folder "$1" "$2")" target="$made/$(folder "$1" "$2")"
  unpack "$1" "$2"
  shift 2
  mkdir -p "$target"
  for file in LICENSE "$@"; do
    case "$file" in
      *.woff2) cp "$source/$file" "$target" ;;
      *) sed -e '/^\/\/# sourceMappingURL=/d' -e '/^\/\*# sourceMappingURL=.*\*\/$/d' \
           "$source/$file" > "$target/$(basename "$file")" ;;
    esac
  done
}

symbol() { # an icon's file -> one symbol of the sprite
  echo "  <symbol id=\"$(basename "$1" .svg)\" viewBox=\"0 0 24 24\">"
  grep -E '^ +<(path|circle|rect|line|polyline|polygon|ellipse) ' "$1" | sed 's/^ */    /'
  echo "  </symbol>"
}

sprite() { # a folder of icons -> the sprite; how its lines are drawn is said by styles/icons.css
  echo '<svg xmlns="http://www.w3.org/2000/svg">'
  echo "  <!-- Icons of Lucide $LUCIDE (ISC; licence in vendor/lucide-static-$LUCIDE/LICENSE). -->"
  for name in $ICONS; do symbol "$1/$name.svg"; done
  echo '</svg>'
}

vendor preact "$PREACT" dist/preact.mjs hooks/dist/hooks.mjs
sed -i 's#from"preact"#from"./preact.mjs"#' "$made/preact-$PREACT/hooks.mjs"
vendor htm "$HTM" dist/htm.mjs
vendor @preact/signals-core "$SIGNALS_CORE" dist/signals-core.mjs
vendor @preact/signals "$SIGNALS" dist/signals.mjs
sed -i -e "s#from\"preact\"#from\"../preact-$PREACT/preact.mjs\"#" \
  -e "s#from\"preact/hooks\"#from\"../preact-$PREACT/hooks.mjs\"#" \
  -e "s#from\"@preact/signals-core\"#from\"../preact-signals-core-$SIGNALS_CORE/signals-core.mjs\"#g" \
  "$made/preact-signals-$SIGNALS/signals.mjs"
vendor signature_pad "$SIGNATURE_PAD" dist/signature_pad.min.js
vendor marked "$MARKED" lib/marked.esm.js
vendor dompurify "$DOMPURIFY" dist/purify.es.mjs
vendor uplot "$UPLOT" dist/uPlot.iife.min.js dist/uPlot.min.css
(cd "$made/uplot-$UPLOT" && { cat uPlot.iife.min.js; echo 'export default uPlot'; } > uPlot.min.mjs && rm uPlot.iife.min.js)
vendor uqr "$UQR" dist/index.mjs
vendor @fontsource-variable/inter "$INTER" files/inter-latin-wght-normal.woff2 files/inter-latin-ext-wght-normal.woff2
mv "$made/fontsource-variable-inter-$INTER" "$made/inter-$INTER"
vendor @fontsource/caveat "$CAVEAT" files/caveat-latin-500-normal.woff2 files/caveat-latin-ext-500-normal.woff2
mv "$made/fontsource-caveat-$CAVEAT" "$made/caveat-$CAVEAT"
vendor lucide-static "$LUCIDE"
sprite "$work/lucide-static-$LUCIDE/icons" > "$here/icons.svg"
vendor swagger-ui-dist "$SWAGGER_UI" NOTICE swagger-ui-bundle.js swagger-ui-bundle.js.LICENSE.txt swagger-ui.css

cd "$made"
find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sed 's# \./# #' > SHA256SUMS
# At once and at the end: a server beside us goes on finding its files.
rm -rf "$here/vendor"
mv "$made" "$here/vendor"
