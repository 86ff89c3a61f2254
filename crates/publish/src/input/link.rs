//! Reads the target of a symbolic link as a path inside the tree.

use toolcrib_model::RelPath;

/// What the link at `path` points at, counted from the tree's root; `None` where that is outside.
pub(super) fn inside(path: &RelPath, target: &str) -> Option<RelPath> {
    if target.starts_with('/') {
        return None;
    }
    let mut pieces: Vec<&str> = path.pieces().collect();
    pieces.pop();
    for piece in target
        .split('/')
        .filter(|piece| !piece.is_empty() && *piece != ".")
    {
        match piece {
            ".." => drop(pieces.pop()?),
            piece => pieces.push(piece),
        }
    }
    pieces.join("/").parse().ok()
}
