#!/bin/sh
# Makes the virtual environment $1 with what the lock file $2 names.
set -eu

venv=$1
lock=$2
stamp=$venv/installed
fingerprint=$(cksum <"$lock")

# Git gives files new times without new contents.
if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$fingerprint" ]; then
    touch "$stamp"
    exit
fi

if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11
fi
found=
for python in "$@"; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        found=$python
        break
    fi
done
if [ -z "$found" ]; then
    echo "Python 3.11 or newer is needed and not found ($*). Name one: make run PYTHON=/path/to/python3" >&2
    exit 1
fi

echo "Installing into $venv (the first time takes a minute)"
if ! "$found" -m venv --clear "$venv"; then
    echo "$found cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2
    exit 1
fi
# Through python and not bin/pip: the first line of a script cannot hold a path with spaces.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --require-hashes --only-binary :all: -r "$lock"
echo "$fingerprint" >"$stamp"
