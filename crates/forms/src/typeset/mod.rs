//! The one place that knows fonts, line breaking and printpdf. Lengths are points from the lower left corner.

mod cff;
mod charstring;
mod content;
mod face;
mod font;
mod grid;
mod line;
mod page;
mod pdf;
mod picture;
mod qr;
mod sheet;
mod svg;

pub use face::{Face, Faces, covers, joined_letters};
pub use grid::{Cell, Column, Ends, Row};
#[cfg(test)]
pub(crate) use line::shape;
pub use line::{Line, Style};
pub use page::{Item, Layout, Page};
pub use pdf::{About, render as pdf};
pub use picture::Picture;
pub use sheet::{Align, FlowStep, Foot, Margins, Sheet};
pub use svg::render as svg;

use std::path::PathBuf;

/// Why a form can't be made. Nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    #[error("有字打不出来：{}。请换成正式的字，或联系技术人员装字体。", .chars.iter().map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c))).collect::<Vec<_>>().join("、"))]
    GlyphMissing { chars: Vec<char> },
    #[error("缺少字体 {file}。请安装软件包 {package}。")]
    FontMissing { file: &'static str, package: &'static str },
    #[error("字体文件读不出：{}。请重新安装字体。", .path.display())]
    FontUnreadable { path: PathBuf },
    #[error("图片文件读不出：{}。要 PNG 或 JPEG，1 MB 以内；不用的请拿走。", .path.display())]
    PictureUnreadable { path: PathBuf },
}

/// Names by content come out the same each time: a hash begins with this, and each part is mixed in (FNV-1a).
const UNMIXED: u64 = 0xcbf2_9ce4_8422_2325;

fn mixed(hash: u64, part: u32) -> u64 {
    (hash ^ u64::from(part)).wrapping_mul(0x0100_0000_01b3)
}

/// Millimetres in points.
pub fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}
