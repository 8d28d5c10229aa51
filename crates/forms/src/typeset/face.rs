//! Faces: which fonts there are, which characters they have, how wide those are.

use super::FormError;
use memmap2::Mmap;
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// The faces of our forms, in the order in which they stand in for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// 宋: text.
    Song,
    /// 宋, bold: titles.
    SongBold,
    /// 黑: labels.
    Hei,
    /// Rare characters of Extensions B and beyond.
    Rare,
    /// Rare characters of the first planes.
    RareBasic,
}

struct Source {
    face: Face,
    file: &'static str,
    package: &'static str,
    /// Face of a collection: 2 is simplified Chinese in Noto's.
    index: u32,
}

const SOURCES: [Source; 5] = [
    Source { face: Face::Song, file: "NotoSerifCJK-Regular.ttc", package: "fonts-noto-cjk", index: 2 },
    Source { face: Face::SongBold, file: "NotoSerifCJK-Bold.ttc", package: "fonts-noto-cjk", index: 2 },
    Source { face: Face::Hei, file: "NotoSansCJK-Regular.ttc", package: "fonts-noto-cjk", index: 2 },
    Source { face: Face::Rare, file: "HanaMinB.ttf", package: "fonts-hanazono", index: 0 },
    Source { face: Face::RareBasic, file: "HanaMinA.ttf", package: "fonts-hanazono", index: 0 },
];

/// Where systems keep fonts.
const FOLDERS: [&str; 4] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "C:\\Windows\\Fonts", "/Library/Fonts"];

/// All faces, mapped into memory.
pub struct Faces {
    files: Vec<(Face, Mmap, u32)>,
}

impl Faces {
    /// Finds the fonts in the given folders, then in the system's.
    pub fn load(folders: &[PathBuf]) -> Result<Self, FormError> {
        let folders: Vec<PathBuf> =
            folders.iter().cloned().chain(FOLDERS.iter().map(PathBuf::from)).collect();
        let files = SOURCES
            .iter()
            .map(|source| {
                let path = folders
                    .iter()
                    .find_map(|folder| find(folder, source.file))
                    .ok_or(FormError::FontMissing { file: source.file, package: source.package })?;
                let data = map(&path).map_err(|_| FormError::FontUnreadable { path: path.clone() })?;
                ttf_parser::Face::parse(&data, source.index)
                    .map_err(|_| FormError::FontUnreadable { path: path.clone() })?;
                Ok((source.face, data, source.index))
            })
            .collect::<Result<_, FormError>>()?;
        Ok(Self { files })
    }

    /// The parsed face; loading has shown that it parses.
    pub(super) fn parsed(&self, face: Face) -> Option<ttf_parser::Face<'_>> {
        let (data, index) = self.data(face)?;
        ttf_parser::Face::parse(data, index).ok()
    }

    pub(super) fn data(&self, face: Face) -> Option<(&[u8], u32)> {
        self.files.iter().find(|(known, ..)| *known == face).map(|(_, data, index)| (&data[..], *index))
    }
}

/// The two halves of one design: together they have nearly all characters.
pub(super) const RARE: [Face; 2] = [Face::RareBasic, Face::Rare];

/// The wanted face first, then the one that text is usually set in, then those for rare characters; of a few of these the
/// last alone has a glyph.
pub(super) fn order(wanted: Face) -> impl Iterator<Item = Face> {
    let others = [Face::Song, Face::Rare, Face::RareBasic, Face::Hei];
    std::iter::once(wanted).chain(others.into_iter().filter(move |face| *face != wanted))
}

/// The characters of a text that no face has.
pub fn covers(text: &str, faces: &Faces) -> Vec<char> {
    if text.is_ascii() {
        return Vec::new();
    }
    let parsed: Vec<ttf_parser::Face<'_>> = order(Face::Song).filter_map(|face| faces.parsed(face)).collect();
    let mut missing: Vec<char> =
        text.chars().filter(|c| parsed.iter().all(|face| face.glyph_index(*c).is_none())).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

fn find(folder: &Path, file: &str) -> Option<PathBuf> {
    let direct = folder.join(file);
    if direct.is_file() {
        return Some(direct);
    }
    let folders = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    folders.filter(|path| path.is_dir()).find_map(|path| find(&path, file))
}

#[allow(unsafe_code)]
fn map(path: &Path) -> std::io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: installed fonts are replaced as whole files, not written in place; reading 25 MB each instead would cost
    // a cheap laptop more than this risk.
    unsafe { Mmap::map(&file) }
}
