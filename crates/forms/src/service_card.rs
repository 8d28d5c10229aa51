//! F12: 便民服务卡 of a village's agent, which every household gets (DOMAIN §5.2).
//!
//! Front and back stand side by side and are folded over: an old printer that can't turn its paper makes two sides so.

use crate::typeset::{Align, Face, Faces, FormError, Layout, Margins, Page, Sheet, Style, mm};

#[derive(Clone, Debug, Default)]
pub struct ServiceCard {
    /// What its QR code says: capital letters and digits, nothing personal.
    pub mark: String,
    pub unit_full_name: String,
    pub agent: String,
    pub phone: String,
    /// B角: who stands in, and their telephone.
    pub partner: Option<(String, String)>,
    pub hours: String,
    /// 常办事项 by their everyday names, the most usual first; as many as there is room for, twelve at the most.
    pub items: Vec<String>,
    /// 乡镇便民服务中心
    pub township: String,
    pub township_phone: String,
    pub township_address: String,
    /// 监督电话
    pub complaint_phone: String,
}

/// A visiting card: 90 mm × 54 mm.
const SIZE: (f32, f32) = (255.12, 153.07);
const MARGIN: f32 = 11.0;
/// 照片, pasted on.
const PHOTO: (f32, f32) = (56.0, 72.0);
const QR: f32 = 45.0;
const MOST: usize = 12;
/// What stands below the items on the back.
const BACK_FOOT: f32 = 70.0;

const UNIT: Style = Style::new(Face::Hei, 11.0);
const NAME: Style = Style::new(Face::SongBold, 16.0).name();
const PHONE: Style = Style::new(Face::Hei, 12.0);
const LINE: Style = Style::new(Face::Song, 8.5);

/// Cards on A4, five to a sheet, each as often as it is wanted. `goes_on` hears before each how many are done, and may stop it.
pub fn service_cards<E: From<FormError>>(
    cards: &[ServiceCard],
    copies: usize,
    faces: &Faces,
    goes_on: impl Fn(usize) -> Result<(), E>,
) -> Result<Layout, E> {
    let mut all = Vec::new();
    for (done, card) in cards.iter().enumerate() {
        goes_on(done)?;
        all.extend(std::iter::repeat_n(card.folded(faces)?, copies.max(1)));
    }
    Ok(Layout::gathered(all, (SIZE.0 * 2.0, SIZE.1), (mm(210.0), mm(297.0))))
}

impl ServiceCard {
    pub const TITLE: &str = "便民服务卡";

    fn folded(&self, faces: &Faces) -> Result<Page, FormError> {
        let (front, back) = (self.front(faces)?, self.back(faces)?);
        Ok(front.beside(back, SIZE.0, SIZE.1))
    }

    fn front(&self, faces: &Faces) -> Result<Page, FormError> {
        let inner = SIZE.0 - 2.0 * MARGIN;
        let beside = MARGIN + PHOTO.0 + 10.0;
        let code = SIZE.0 - MARGIN - QR;
        let layout = blank(faces, MARGIN).finish(|at, _, _| {
            at.fitted(&self.unit_full_name, UNIT, (MARGIN, 130.0), inner, Align::Centre)?;
            at.rule(124.0);
            let photo = (MARGIN, 42.0);
            at.frame(photo, PHOTO);
            at.fitted("照片", LINE, (MARGIN, photo.1 + PHOTO.1 / 2.0 - 3.0), PHOTO.0, Align::Centre)?;
            let rest = SIZE.0 - MARGIN - beside;
            at.fitted("代办员（A角）", LINE, (beside, 109.0), rest, Align::Left)?;
            at.fitted(&self.agent, NAME, (beside, 90.0), rest, Align::Left)?;
            let left_of_code = code - 8.0 - beside;
            at.fitted(&self.phone, PHONE, (beside, 73.0), left_of_code, Align::Left)?;
            if let Some((partner, phone)) = &self.partner {
                at.fitted(
                    &format!("B角：{partner}"),
                    LINE.name(),
                    (beside, 57.0),
                    left_of_code,
                    Align::Left,
                )?;
                at.fitted(phone, LINE, (beside, 45.0), left_of_code, Align::Left)?;
            }
            at.qr_at(&self.mark, (code, 41.0), QR);
            at.rule(34.0);
            at.fitted("有事您找我，代办不收费。", PHONE, (MARGIN, 17.0), inner, Align::Centre)
        })?;
        Ok(layout.pages.into_iter().next().unwrap_or_default())
    }

    /// As many items as leave the card one page.
    fn back(&self, faces: &Faces) -> Result<Page, FormError> {
        let mut most = self.items.len().min(MOST);
        loop {
            let layout = self.back_with(&self.items[..most], faces)?;
            if layout.pages.len() == 1 || most == 0 {
                return Ok(layout.pages.into_iter().next().unwrap_or_default());
            }
            most -= 1;
        }
    }

    fn back_with(&self, items: &[String], faces: &Faces) -> Result<Layout, FormError> {
        let mut sheet = blank(faces, BACK_FOOT);
        sheet.line("常办事项", Style::new(Face::Hei, 9.0), Align::Left)?;
        sheet.flush(&items.join("、"), LINE)?;
        let inner = SIZE.0 - 2.0 * MARGIN;
        sheet.finish(|at, _, _| {
            at.rule(65.0);
            let lines = [
                format!("服务时间：{}", self.hours),
                format!("{}　{}", self.township, self.township_phone),
                format!("地址：{}", self.township_address),
                format!("监督电话：{}", self.complaint_phone),
            ];
            for (line, y) in lines.iter().zip([53.0, 40.0, 27.0, 14.0]) {
                at.fitted(line, LINE, (MARGIN, y), inner, Align::Left)?;
            }
            at.fitted("F12", Style::new(Face::Song, 6.5), (MARGIN, 14.0), inner, Align::Right)
        })
    }
}

/// A side of a card with nothing on it.
fn blank(faces: &Faces, foot: f32) -> Sheet<'_> {
    Sheet::within(faces, SIZE, Margins { top: MARGIN, right: MARGIN, foot, left: MARGIN })
}
