//! From Markdown to the blocks that the window draws.

use super::{PAGES, pictures};
use daiban_contract::view::{Block, HandbookEntry, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A page as it is shown.
pub struct Shown {
    pub page: &'static str,
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A page by its name, with its pictures; the first one for a name that there isn't.
pub fn read(name: &str) -> Shown {
    let (page, text) = PAGES.iter().find(|(page, _)| *page == name).unwrap_or(&PAGES[0]);
    let mut shown = said(page, text);
    for block in &mut shown.blocks {
        if let Block::Picture { source, .. } = block {
            *source = pictures::data_url(source);
        }
    }
    shown
}

/// A page's words; a picture is still the name of its file.
fn said(page: &'static str, text: &str) -> Shown {
    let mut blocks = blocks(text);
    let title = match blocks.first() {
        Some(Block::Heading(title)) => title.clone(),
        _ => page.to_owned(),
    };
    blocks.retain(|block| *block != Block::Heading(title.clone()));
    Shown { page, title, blocks }
}

/// The pages in which something is said, and where; those that are about it, then those that say it most, come first. All of
/// them, in their order, if nothing is looked for.
pub fn contents(find: &str) -> Vec<HandbookEntry> {
    let find = find.trim().to_lowercase();
    let says = |text: &str| text.to_lowercase().contains(&find);
    let pages = PAGES.iter().map(|(page, text)| said(page, text));
    let mut found: Vec<((bool, usize), HandbookEntry)> = pages
        .filter_map(|Shown { page, title, blocks }| {
            let said: Vec<String> = blocks.iter().flat_map(sentences).filter(|text| says(text)).collect();
            let about = says(&title);
            // Where its title says it, or nothing is looked for, no sentence has to.
            let first = if about { Some(String::new()) } else { said.first().cloned() };
            first.map(|says| ((about, said.len()), HandbookEntry { page: page.to_owned(), title, says }))
        })
        .collect();
    if !find.is_empty() {
        found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    }
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// What is said in a block, each line for itself.
fn sentences(block: &Block) -> Vec<String> {
    match block {
        Block::Heading(text) => vec![text.clone()],
        Block::Paragraph(spans) => vec![plain(spans)],
        Block::Steps(items) | Block::Points(items) => items.iter().map(|spans| plain(spans)).collect(),
        Block::Table { rows, .. } => {
            rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join("　")).collect()
        }
        Block::Picture { says, .. } => vec![says.clone()],
    }
}

fn plain(spans: &[Span]) -> String {
    let words = spans.iter().map(|span| match span {
        Span::Text(text) | Span::Key(text) | Span::Link { text, .. } => text.as_str(),
    });
    words.collect()
}

/// What is being read, while its parts come one after the other.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    spans: Vec<Span>,
    items: Vec<Vec<Span>>,
    head: Vec<Vec<Span>>,
    rows: Vec<Vec<Vec<Span>>>,
    cells: Vec<Vec<Span>>,
    /// Where a link leads, or which picture is meant, and where among the spans its words begin.
    leads: Option<(String, usize)>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut reading = Reading::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reading.take(event);
    }
    reading.blocks
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => match self.spans.last_mut() {
                // The parser cuts text where a mark might have been.
                Some(Span::Text(before)) if self.leads.is_none() => before.push_str(&text),
                _ => self.spans.push(Span::Text(text.into_string())),
            },
            Event::Code(key) => self.spans.push(Span::Key(key.into_string())),
            // Chinese needs no blank between two lines of a paragraph.
            Event::SoftBreak | Event::HardBreak => {}
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.leads = Some((dest_url.into_string(), self.spans.len()));
            }
            Event::End(end) => self.end(end),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Link => {
                if let Some((page, words)) = self.led() {
                    self.spans.push(Span::Link { page, text: words });
                }
            }
            TagEnd::Image => {
                if let Some((file, says)) = self.led() {
                    self.blocks.push(Block::Picture { says, source: file });
                }
            }
            TagEnd::Heading(_) => {
                let text = plain(&std::mem::take(&mut self.spans));
                self.blocks.push(Block::Heading(text));
            }
            // A picture alone in its paragraph leaves no words.
            TagEnd::Paragraph if self.spans.is_empty() => {}
            TagEnd::Paragraph => self.blocks.push(Block::Paragraph(std::mem::take(&mut self.spans))),
            TagEnd::Item => self.items.push(std::mem::take(&mut self.spans)),
            TagEnd::List(numbered) => {
                let items = std::mem::take(&mut self.items);
                self.blocks.push(if numbered { Block::Steps(items) } else { Block::Points(items) });
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.spans)),
            TagEnd::TableHead => self.head = std::mem::take(&mut self.cells),
            TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.cells)),
            TagEnd::Table => {
                let (head, rows) = (std::mem::take(&mut self.head), std::mem::take(&mut self.rows));
                self.blocks.push(Block::Table { head, rows });
            }
            _ => {}
        }
    }

    /// Where what has just ended leads, and its words.
    fn led(&mut self) -> Option<(String, String)> {
        let (to, begin) = self.leads.take()?;
        Some((to, plain(&self.spans.split_off(begin))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    fn folder() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/handbook")
    }

    fn names(folder: &Path, ending: &str) -> BTreeSet<String> {
        let files =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| name.ends_with(ending)).collect()
    }

    #[test]
    fn every_page_is_in_the_program_and_leads_only_to_what_there_is() {
        let pages: BTreeSet<String> = PAGES.iter().map(|(page, _)| format!("{page}.md")).collect();
        assert_eq!(pages, names(&folder(), ".md"));
        let mut shown = BTreeSet::new();
        for &(page, text) in PAGES {
            assert!(text.starts_with("# "), "{page} has no title");
            assert!(!text.contains('!') || text.matches('!').count() == text.matches("![").count(), "{page}");
            assert!(!text.contains('！'), "{page} shouts");
            for event in Parser::new(text) {
                match event {
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        assert!(
                            PAGES.iter().any(|(other, _)| **other == *dest_url),
                            "{page} leads to {dest_url}"
                        );
                    }
                    Event::Start(Tag::Image { dest_url, .. }) => {
                        assert!(pictures::data_url(&dest_url).len() > 1000, "{page} shows {dest_url}");
                        shown.insert(dest_url.into_string());
                    }
                    _ => {}
                }
            }
        }
        let drawn = names(&folder().join("pictures"), ".png");
        assert_eq!(shown, drawn.iter().map(|name| format!("pictures/{name}")).collect());
        let sizes =
            drawn.iter().map(|name| fs::metadata(folder().join("pictures").join(name)).unwrap().len());
        let sizes: Vec<u64> = sizes.collect();
        assert!(
            sizes.iter().all(|size| *size <= 60_000) && sizes.iter().sum::<u64>() <= 1_500_000,
            "{sizes:?}"
        );
    }

    #[test]
    fn markdown_becomes_blocks() {
        let text = "# 标题\n\n先按 `F2`，见 [登记](record)。\n再看。\n\n1. 一\n2. 二 `Enter`\n\n- 点\n\n| 键 | 做 |\n| --- | --- |\n| `F1` | 书 |\n";
        let text_of = |text: &str| Span::Text(text.to_owned());
        let key = |key: &str| Span::Key(key.to_owned());
        let expected = vec![
            Block::Heading("标题".to_owned()),
            Block::Paragraph(vec![
                text_of("先按 "),
                key("F2"),
                text_of("，见 "),
                Span::Link { page: "record".to_owned(), text: "登记".to_owned() },
                text_of("。再看。"),
            ]),
            Block::Steps(vec![vec![text_of("一")], vec![text_of("二 "), key("Enter")]]),
            Block::Points(vec![vec![text_of("点")]]),
            Block::Table {
                head: vec![vec![text_of("键")], vec![text_of("做")]],
                rows: vec![vec![vec![key("F1")], vec![text_of("书")]]],
            },
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn what_is_looked_for_is_found_with_its_sentence() {
        let found = contents("回执");
        assert!(found.iter().any(|entry| entry.page == "record" && entry.says.contains("回执")));
        assert_eq!(contents("u盘")[0].page, "sync", "what a page is about comes first");
        assert!(found.len() < PAGES.len());
        assert_eq!(contents(" ").len(), PAGES.len());
        assert_eq!(contents("ctrl k").iter().filter(|entry| entry.page == "keys").count(), 1);
        assert_eq!(contents("没有这个词吧"), []);
    }
}
