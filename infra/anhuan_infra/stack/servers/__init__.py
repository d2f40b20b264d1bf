"""The four embedded servers, one file each: how it is configured, started, recognised as ready, and prepared."""
