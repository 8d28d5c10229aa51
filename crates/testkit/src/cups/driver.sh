#!/bin/sh
# The driver of a printer that tells when it has run out of paper, and waits for some.
if [ -e FOLDER/empty ]; then
    echo "STATE: +media-empty-error" >&2
    while [ -e FOLDER/empty ]; do sleep 0.1; done
    echo "STATE: -media-empty-error" >&2
fi
echo "$5"
exec cat $6
