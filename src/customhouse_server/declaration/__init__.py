"""Declaration: the declarations as lodged, version by version, and the drafts from which they grow."""
