//! 便民服务手册: the guides of all items of a county's catalogue by theme, between a cover, the contents and a list of where to
//! go (DOMAIN §5.2 F11; 五统一).

use crate::{
    guide::Guide,
    issuer::day,
    slip::{middle, table, value},
    typeset::{Align, Face, Faces, FormError, Layout, Page, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct Handbook {
    /// Who publishes it.
    pub unit_full_name: String,
    /// e.g. 清源县
    pub county: String,
    /// Version of the catalogue.
    pub version: String,
    pub printed_on: Date,
    /// Themes in their order, with their guides.
    pub themes: Vec<(String, Vec<Guide>)>,
    pub outlets: Vec<Outlet>,
}

/// 服务网点
#[derive(Clone, Debug)]
pub struct Outlet {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub complaint_phone: String,
}

const TITLE: Style = Style::new(Face::XiaoBiaoSong, 36.0);
const HEADING: Style = Style::new(Face::XiaoBiaoSong, 18.0);
const THEME: Style = Style::new(Face::Hei, 12.0);
const ENTRY: Style = Style::new(Face::Song, 11.0);
const OUTLETS: &str = "附录　服务网点";

impl Handbook {
    pub const TITLE: &str = "便民服务手册";

    /// Page 1 is the first guide's; cover and contents aren't counted, so the contents are laid out once.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut body: Vec<Page> = Vec::new();
        let mut contents = a4(faces);
        contents.line("目　录", HEADING, Align::Centre)?;
        contents.space(8.0);
        for (theme, guides) in &self.themes {
            contents.need(60.0);
            contents.space(4.0);
            contents.line(theme, THEME, Align::Left)?;
            for guide in guides {
                let first = body.len() + 1;
                contents.contents(&guide.name, first, ENTRY)?;
                body.extend(guide_pages(guide, first, faces)?);
            }
        }
        if !self.outlets.is_empty() {
            contents.space(4.0);
            contents.contents(OUTLETS, body.len() + 1, THEME)?;
            body.extend(self.outlets(body.len() + 1, faces)?);
        }
        let contents = contents.finish(|_, _, _| Ok(()))?;
        let mut layout = self.cover(faces)?;
        layout.pages.extend(marked(contents.pages, "目录"));
        layout.pages.extend(body);
        Ok(layout)
    }

    fn cover(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = a4(faces);
        sheet.space(150.0);
        sheet.heading(&self.county, Style::new(Face::XiaoBiaoSong, 26.0))?;
        sheet.space(10.0);
        sheet.heading(Self::TITLE, TITLE)?;
        sheet.space(24.0);
        let count: usize = self.themes.iter().map(|(_, guides)| guides.len()).sum();
        let about = format!("{} 类 {count} 项", self.themes.len());
        sheet.line(&about, Style::new(Face::Song, 16.0), Align::Centre)?;
        sheet.finish(|at, _, _| {
            let style = Style::new(Face::Song, 14.0);
            let lines = [
                (Style::new(Face::XiaoBiaoSong, 16.0), self.unit_full_name.clone()),
                (style, format!("目录版本：{}", self.version)),
                (style, format!("{}印", day(self.printed_on))),
                (
                    Style::new(Face::Song, 10.5),
                    "各项以最新版办事指南为准；代办服务不收取任何费用。".to_owned(),
                ),
            ];
            for (i, (style, line)) in lines.iter().enumerate() {
                at.line(line, *style, mm(62.0) - 26.0 * i as f32, 0.0, Align::Centre)?;
            }
            Ok(())
        })
    }

    fn outlets(&self, first: usize, faces: &Faces) -> Result<Vec<Page>, FormError> {
        let mut sheet = a4(faces);
        sheet.line(OUTLETS, HEADING, Align::Centre)?;
        sheet.space(8.0);
        let rows = self.outlets.iter().enumerate().map(|(i, outlet)| {
            [
                middle((i + 1).to_string()),
                value(outlet.name.as_str()),
                value(outlet.address.as_str()),
                middle(outlet.phone.as_str()),
                middle(outlet.complaint_phone.as_str()),
            ]
        });
        let heading = ["序号", "名称", "地址", "电话", "监督电话"];
        table(&mut sheet, [7.0, 34.0, 31.0, 16.0, 16.0], heading, rows)?;
        let layout = sheet.finish(|at, page, _| {
            at.line(&numbered(first + page - 1), ENTRY, mm(14.0), 0.0, Align::Centre)
        })?;
        Ok(marked(layout.pages, OUTLETS))
    }
}

fn a4(faces: &Faces) -> Sheet<'_> {
    Sheet::new(faces, mm(210.0), mm(297.0), mm(22.0), mm(22.0))
}

fn guide_pages(guide: &Guide, first: usize, faces: &Faces) -> Result<Vec<Page>, FormError> {
    let layout = guide.sheet(faces)?.finish(|at, page, _| guide.foot(at, &numbered(first + page - 1)))?;
    Ok(marked(layout.pages, &guide.name))
}

fn numbered(page: usize) -> String {
    format!("第 {page} 页")
}

/// With a bookmark at the first page.
fn marked(mut pages: Vec<Page>, name: &str) -> Vec<Page> {
    if let Some(first) = pages.first_mut() {
        first.bookmark = Some(name.to_owned());
    }
    pages
}
