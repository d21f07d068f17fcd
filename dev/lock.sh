#!/bin/sh
# Writes requirements.txt, requirements-pdf.txt and requirements-dev.txt from their .in files, for every platform, with hashes.
set -eu

if command -v uv >/dev/null; then
    uv=uv
elif python3 -m uv --version >/dev/null 2>&1; then
    uv="python3 -m uv"
else
    echo "uv is needed to lock: pip install uv" >&2
    exit 1
fi

for name in requirements requirements-pdf requirements-dev; do
    {
        echo "# Locked from $name.in with hashes. Do not edit: change $name.in, then \`make lock\`."
        $uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
            --no-emit-index-url --no-header "$name.in"
    } >"$name.new"
    mv "$name.new" "$name.txt"
done
