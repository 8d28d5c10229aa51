//! The laid-out document as a PDF: printpdf makes the document and what it says of itself, `content` its pages, `font` its
//! fonts. The same facts give the same bytes: clock and ids are set here.

use super::{
    Faces, Item, Layout, UNMIXED, content,
    face::Face,
    font, mixed,
    picture::{Picture, Pixels},
    qr::Code,
};
use flate2::{Compress, Compression, FlushCompress, Status};
use jiff::civil::Date;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};
use printpdf::{Mm, OffsetDateTime, PdfDocument, PdfPage, PdfSaveOptions};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    sync::Arc,
};

/// What a PDF says about itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub title: &'a str,
    /// The issuing unit.
    pub author: &'a str,
    pub on: Date,
}

/// A document being written.
pub(super) struct File {
    pub document: Document,
    /// One for all streams: its tables are larger than most of them.
    press: Compress,
}

/// Outlines are as short as they are told; more effort spares some hundred bytes of a file and costs a third of its time.
const EFFORT: u32 = 3;

/// The bytes of a PDF with its fonts subset and embedded; its text can be searched and copied.
pub fn render(layout: &Layout, faces: &Faces, about: About<'_>) -> Vec<u8> {
    let id = content_id(layout);
    let press = Compress::new(Compression::new(EFFORT), true);
    let mut file = File { document: empty(layout, about, &id), press };
    let fonts: BTreeMap<Face, font::Font> = used(layout)
        .into_iter()
        .enumerate()
        .filter_map(|(i, (face, characters))| {
            // Six letters and a plus mark a subset (ISO 32000-1, 9.6.4).
            let name = format!("DAIBA{}+{face:?}", char::from(b'A' + i as u8));
            Some((face, font::embed(&mut file, faces, face, &characters, &name)?))
        })
        .collect();
    let names = fonts.iter().map(|(face, font)| (format!("{face:?}"), Object::from(font.id)));
    let names = file.document.add_object(names.collect::<Dictionary>());
    // All parts of a paper have one code, and they follow each other.
    let mut last: Option<(&Arc<Code>, ObjectId)> = None;
    let mut pictures: BTreeMap<String, ObjectId> = BTreeMap::new();
    let pages: Vec<ObjectId> = file.document.page_iter().collect();
    for (page, id) in layout.pages.iter().zip(pages) {
        let (mut codes, mut drawn) = (0, Dictionary::new());
        for item in &page.items {
            match item {
                Item::Code { code, .. } => {
                    let known = last.filter(|(known, _)| *known == code);
                    let known = known.unwrap_or_else(|| (code, file.add_code(code)));
                    drawn.set(format!("Q{codes}"), known.1);
                    codes += 1;
                    last = Some(known);
                }
                Item::Picture { picture, .. } => {
                    let shown = *pictures.entry(picture.name()).or_insert_with(|| file.add_picture(picture));
                    drawn.set(picture.name(), shown);
                }
                Item::Text { .. } | Item::Rule { .. } | Item::Watermark { .. } => {}
            }
        }
        let resources = dictionary! { "Font" => names, "XObject" => drawn };
        let operators = file.add_stream(Dictionary::new(), content::operators(page, &fonts));
        if let Ok(page) = file.document.get_dictionary_mut(id) {
            page.set("Resources", resources);
            page.set("Contents", operators);
        }
    }
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true);
    // Writing to memory can't fail.
    let _ = file.document.save_with_options(&mut bytes, options.compression_level(EFFORT).build());
    bytes
}

impl File {
    /// Adds a stream, compressed.
    pub fn add_stream(&mut self, mut of: Dictionary, content: Vec<u8>) -> ObjectId {
        self.press.reset();
        let mut squeezed = Vec::with_capacity(content.len() + 64);
        let done = self.press.compress_vec(&content, &mut squeezed, FlushCompress::Finish);
        // What doesn't become shorter stays as it is.
        let content = if matches!(done, Ok(Status::StreamEnd)) {
            of.set("Filter", "FlateDecode");
            squeezed.shrink_to_fit();
            squeezed
        } else {
            content
        };
        self.document.add_object(Stream::new(of, content))
    }

    /// Adds a code as a form of its own, one unit a module. Each block is a path of its own, as a rule is.
    fn add_code(&mut self, code: &Code) -> ObjectId {
        let mut path = String::new();
        for (rows, columns) in &code.blocks {
            let (foot, width, height) = (code.width - rows.end, columns.len(), rows.len());
            let _ = writeln!(path, "{} {foot} {width} {height} re f", columns.start);
        }
        let side = code.width as i64;
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => [0, 0, side, side].map(Object::from).to_vec(),
        };
        self.add_stream(form, path.into_bytes())
    }

    /// Adds a picture as it is, for lines and letters blur as JPEG; what shows through is told by a mask of its own.
    fn add_picture(&mut self, picture: &Picture) -> ObjectId {
        let Pixels { width, height, colours, opacity } = picture.pixels_of();
        let image = |space: &'static str| {
            dictionary! {
                "Type" => "XObject",
                "Subtype" => "Image",
                "Width" => i64::from(width),
                "Height" => i64::from(height),
                "ColorSpace" => space,
                "BitsPerComponent" => 8,
            }
        };
        let mut shown = image("DeviceRGB");
        if let Some(opacity) = opacity {
            shown.set("SMask", self.add_stream(image("DeviceGray"), opacity));
        }
        self.add_stream(shown, colours)
    }
}

/// A document with its pages and its list of contents, and nothing on the pages.
fn empty(layout: &Layout, about: About<'_>, id: &str) -> Document {
    let mut document = PdfDocument::new(about.title);
    let info = &mut document.metadata.info;
    about.author.clone_into(&mut info.author);
    if let Ok(made) = OffsetDateTime::from_unix_timestamp(midnight(about.on)) {
        (info.creation_date, info.modification_date, info.metadata_date) = (made, made, made);
    }
    "代办通".clone_into(&mut info.creator);
    id.clone_into(&mut info.identifier);
    let millimetres = |points: f32| Mm(points * 25.4 / 72.0);
    let page = PdfPage::new(millimetres(layout.width), millimetres(layout.height), Vec::new());
    document.with_pages(vec![page; layout.pages.len()]);
    for (i, page) in layout.pages.iter().enumerate() {
        if let Some(name) = &page.bookmark {
            document.add_bookmark(name, i + 1);
        }
    }
    let mut document = document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    // printpdf draws the file's two identifiers anew each time; ours follow from the content.
    document.trailer.set("ID", vec![Object::string_literal(id); 2]);
    bare(&mut document);
    document
}

/// Takes away what printpdf puts on each page that ours do without: boxes like the sheet's own, and objects that stay empty.
fn bare(document: &mut Document) {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for id in pages {
        let Ok(page) = document.get_dictionary_mut(id) else { continue };
        for key in ["TrimBox", "CropBox", "Annots"] {
            page.remove(key.as_bytes());
        }
        let parts = ["Resources", "Contents"].map(|key| page.remove(key.as_bytes()));
        for part in parts.into_iter().flatten() {
            remove(document, &part);
        }
    }
}

/// Takes away an object that a reference names, and those that it names.
fn remove(document: &mut Document, reference: &Object) {
    let Some(object) = reference.as_reference().ok().and_then(|id| document.objects.remove(&id)) else {
        return;
    };
    for (_, part) in object.as_dict().iter().flat_map(|dictionary| dictionary.iter()) {
        remove(document, part);
    }
}

/// Seconds since 1970 at which a day begins in China.
fn midnight(day: Date) -> i64 {
    let days = (day - jiff::civil::date(1970, 1, 1)).get_days();
    i64::from(days) * 86_400 - 8 * 3_600
}

fn used(layout: &Layout) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text { glyphs, .. } | Item::Watermark { glyphs, .. } = item {
            for glyph in glyphs {
                used.entry(glyph.face).or_default().insert(glyph.char);
            }
        }
    }
    used
}

/// The same characters and pictures have the same id.
fn content_id(layout: &Layout) -> String {
    let mut hash = UNMIXED;
    let mut add = |part: u32| hash = mixed(hash, part);
    for item in layout.pages.iter().flat_map(|page| &page.items) {
        match item {
            Item::Text { glyphs, .. } | Item::Watermark { glyphs, .. } => {
                glyphs.iter().for_each(|glyph| add(glyph.char.into()));
            }
            Item::Picture { picture, .. } => picture.name().bytes().for_each(|byte| add(byte.into())),
            Item::Rule { .. } | Item::Code { .. } => {}
        }
    }
    format!("{hash:016x}")
}
