//! Faces: which fonts there are, which characters they have, how wide those are.

use super::{FormError, charstring::Outline, picture::Picture};
use memmap2::Mmap;
use std::{
    collections::HashMap,
    fs::File,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use ttf_parser::GlyphId;

/// The faces of our forms, in the order in which they stand in for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// 宋: text.
    Song,
    /// 宋, bold: titles.
    SongBold,
    /// 黑: labels.
    Hei,
    /// 仿宋: text, where a county has it; 宋 elsewhere.
    FangSong,
    /// 小标宋: titles, where a county has it; bold 宋 elsewhere.
    XiaoBiaoSong,
    /// 楷: headings of the second level; 宋 where there is none.
    Kai,
    /// Rare characters of Extensions B and beyond.
    Rare,
    /// Rare characters of the first planes.
    RareBasic,
}

/// A font that the forms can't do without.
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

/// A font that is used where it is there.
struct Optional {
    face: Face,
    /// Licensed ones, by the names that they are sold under. They are the county's own: looked for in the folders that are named,
    /// never among the system's, so that the same forms look the same wherever a county hasn't said otherwise.
    own: &'static [&'static str],
    /// A free one among the system's.
    free: Option<&'static str>,
}

const OPTIONAL: [Optional; 3] = [
    Optional {
        face: Face::FangSong,
        own: &["simfang.ttf", "FangSong_GB2312.ttf", "仿宋_GB2312.ttf", "FangSong.ttf"],
        free: None,
    },
    Optional {
        face: Face::XiaoBiaoSong,
        own: &["FZXBSJW.ttf", "FZXBSK.ttf", "方正小标宋简体.ttf", "方正小标宋_GBK.ttf"],
        free: None,
    },
    Optional {
        face: Face::Kai,
        own: &["simkai.ttf", "KaiTi_GB2312.ttf", "楷体_GB2312.ttf", "KaiTi.ttf"],
        free: Some("LXGWWenKai-Regular.ttf"),
    },
];

/// Where systems keep fonts.
const FOLDERS: [&str; 4] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "C:\\Windows\\Fonts", "/Library/Fonts"];

/// All faces, mapped into memory and parsed once. They stay until the process ends, as a desk needs them.
pub struct Faces {
    files: Vec<Loaded>,
    /// By the code of a unit, "" for all.
    heads: Vec<(String, Picture)>,
}

struct Loaded {
    face: Face,
    parsed: ttf_parser::Face<'static>,
    /// Of the glyphs that were printed: most papers need the same few hundred, some 170 bytes each.
    charstrings: Mutex<HashMap<GlyphId, Arc<[u8]>>>,
}

impl Faces {
    /// Finds the fonts in the given folders, then in the system's.
    pub fn load(folders: &[PathBuf]) -> Result<Self, FormError> {
        let all: Vec<PathBuf> = folders.iter().cloned().chain(FOLDERS.iter().map(PathBuf::from)).collect();
        let anywhere = |file: &str, folders: &[PathBuf]| folders.iter().find_map(|folder| find(folder, file));
        let mut files = Vec::new();
        for Source { face, file, package, index } in SOURCES {
            let path = anywhere(file, &all).ok_or(FormError::FontMissing { file, package })?;
            files.push(read(face, &path, index)?);
        }
        for Optional { face, own, free } in OPTIONAL {
            let own = own.iter().find_map(|file| anywhere(file, folders));
            if let Some(path) = own.or_else(|| anywhere(free?, &all)) {
                files.push(read(face, &path, 0)?);
            }
        }
        Ok(Self { files, heads: heads(folders)? })
    }

    /// The picture at the head of a unit's forms, by its code: its own, or everybody's.
    pub fn head(&self, unit: &str) -> Option<&Picture> {
        let of = |unit: &str| self.heads.iter().find(|(code, _)| code == unit).map(|(_, picture)| picture);
        of(unit).or_else(|| of(""))
    }

    pub(super) fn parsed(&self, face: Face) -> Option<&ttf_parser::Face<'static>> {
        self.loaded(face).map(|loaded| &loaded.parsed)
    }

    /// How a PDF's font draws a glyph; what has no outline, as a space, draws nothing.
    pub(super) fn charstring(&self, face: Face, glyph: GlyphId) -> Arc<[u8]> {
        let told = |loaded: &Loaded| {
            let mut outline = Outline::new(loaded.parsed.units_per_em());
            loaded.parsed.outline_glyph(glyph, &mut outline);
            Arc::from(outline.charstring())
        };
        let Some(loaded) = self.loaded(face) else { return Arc::default() };
        // Whoever panicked with it left only whole ones.
        let mut charstrings = loaded.charstrings.lock().unwrap_or_else(PoisonError::into_inner);
        charstrings.entry(glyph).or_insert_with(|| told(loaded)).clone()
    }

    fn loaded(&self, face: Face) -> Option<&Loaded> {
        self.files.iter().find(|loaded| loaded.face == face)
    }
}

/// The two halves of one design: together they have nearly all characters.
pub(super) const RARE: [Face; 2] = [Face::RareBasic, Face::Rare];

/// The wanted face first, then what stands in for it, the one that text is usually set in, and those for rare characters; of
/// a few of these the last alone has a glyph.
pub(super) fn order(wanted: Face) -> impl Iterator<Item = Face> {
    let title = (wanted == Face::XiaoBiaoSong).then_some(Face::SongBold);
    let others = title.into_iter().chain([Face::Song, Face::Rare, Face::RareBasic, Face::Hei]);
    std::iter::once(wanted).chain(others.filter(move |face| *face != wanted))
}

/// 抬头.png for all units, 抬头-621099100000.png for one, or the same as JPEG, beside a county's own fonts.
fn heads(folders: &[PathBuf]) -> Result<Vec<(String, Picture)>, FormError> {
    let mut heads = Vec::new();
    for file in folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten() {
        let path = file.path();
        let named =
            path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.strip_prefix("抬头"));
        let kind = path
            .extension()
            .is_some_and(|kind| ["png", "jpg", "jpeg"].iter().any(|known| kind.eq_ignore_ascii_case(known)));
        if let Some(unit) = named.filter(|_| kind) {
            heads.push((unit.trim_start_matches('-').to_owned(), Picture::read(&path)?));
        }
    }
    Ok(heads)
}

/// The first letter of a text that changes its shape by its neighbours, or stands over or under one: such a script (Tibetan,
/// Mongolian, Arabic letters …) isn't set here, glyph by glyph it would come out wrong.
pub fn joined_letters(text: &str) -> Option<char> {
    text.chars().find(|c| {
        matches!(u32::from(*c),
            0x0300..=0x036f | 0x0590..=0x08ff | 0x0900..=0x109f | 0x1780..=0x18af | 0x1900..=0x1aaf
            | 0xa840..=0xa87f | 0xfb50..=0xfdff | 0xfe70..=0xfeff)
    })
}

/// The characters of a text that no face has.
pub fn covers(text: &str, faces: &Faces) -> Vec<char> {
    if text.is_ascii() {
        return Vec::new();
    }
    let parsed: Vec<&ttf_parser::Face<'_>> =
        order(Face::Song).filter_map(|face| faces.parsed(face)).collect();
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
    let entries: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    // Windows writes SIMFANG.TTF.
    let same = |path: &&PathBuf| path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(file));
    let spelt = entries.iter().find(same).filter(|path| path.is_file()).cloned();
    spelt.or_else(|| entries.iter().filter(|path| path.is_dir()).find_map(|path| find(path, file)))
}

/// A font that parses.
fn read(face: Face, path: &Path, index: u32) -> Result<Loaded, FormError> {
    let unreadable = || FormError::FontUnreadable { path: path.to_owned() };
    let data: &'static Mmap = Box::leak(Box::new(map(path).map_err(|_| unreadable())?));
    let parsed = ttf_parser::Face::parse(data, index).map_err(|_| unreadable())?;
    Ok(Loaded { face, parsed, charstrings: Mutex::default() })
}

#[allow(unsafe_code)]
fn map(path: &Path) -> std::io::Result<Mmap> {
    let file = File::open(path)?;
    // SAFETY: installed fonts are replaced as whole files, not written in place; reading 25 MB each instead would cost
    // a cheap laptop more than this risk.
    unsafe { Mmap::map(&file) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_countys_own_font_comes_before_what_stands_in_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let some = FOLDERS.iter().find_map(|folder| find(Path::new(folder), "HanaMinA.ttf")).unwrap();
        symlink(some, folder.path().join("SIMFANG.TTF")).unwrap();
        let own = Faces::load(&[folder.path().to_owned()]).unwrap();
        let without = Faces::load(&[]).unwrap();
        let first = |faces: &Faces, wanted| order(wanted).find(|face| faces.parsed(*face).is_some());
        assert_eq!(first(&own, Face::FangSong), Some(Face::FangSong));
        assert_eq!(first(&without, Face::FangSong), Some(Face::Song));
        assert_eq!(first(&own, Face::XiaoBiaoSong), Some(Face::SongBold));
        std::fs::write(folder.path().join("FZXBSJW.ttf"), "none").unwrap();
        let broken = Faces::load(&[folder.path().to_owned()]).map(|_| ());
        assert!(matches!(broken, Err(FormError::FontUnreadable { .. })));
    }
}
