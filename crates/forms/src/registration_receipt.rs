//! F01: 代办登记回执, the village's receipt, which is no acceptance (DOMAIN §4.3, §5.2).

use crate::{
    issuer::{CELL, FOOT, MaterialLine, day, materials},
    slip::Slip,
    typeset::{Face, Faces, FormError, Layout, Page, Sheet, Style, mm},
};
use jiff::civil::Date;

/// What the receipt says.
#[derive(Clone, Debug)]
pub struct RegistrationReceipt {
    /// Its clerk is the agent.
    pub slip: Slip,
    pub entrusted_on: Date,
    pub agent_phone: String,
    pub materials: Vec<MaterialLine>,
    /// Names of materials still missing.
    pub gaps: Vec<String>,
    pub hand_over_by: Option<Date>,
    /// Where it is one receipt for several cases of one event in a life.
    pub together: Option<Together>,
    /// Whose acceptance notice counts.
    pub township_name: String,
}

/// The cases that were registered for one event in a life (一件事一次办).
#[derive(Clone, Debug)]
pub struct Together {
    /// e.g. 新生儿一件事
    pub event: String,
    /// Case numbers and items, in the order of the event.
    pub cases: Vec<(String, String)>,
}

impl RegistrationReceipt {
    pub fn title(&self) -> &'static str {
        "代办登记回执"
    }

    /// Two parts on one sheet with a line to cut along; where a part outgrows its half, a sheet each.
    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let (width, half) = (mm(210.0), mm(148.5));
        let parts = ["第一联　委托人留存", "第二联　代办点留存"];
        let mut halves: Vec<Page> = Vec::new();
        for part in parts {
            halves.extend(self.part(faces, part, width, half)?.pages);
        }
        if let [upper, lower] = halves.as_mut_slice() {
            return Ok(Layout::paired(std::mem::take(upper), std::mem::take(lower), width, half));
        }
        let mut layout = self.part(faces, parts[0], width, half * 2.0)?;
        layout.pages.extend(self.part(faces, parts[1], width, half * 2.0)?.pages);
        Ok(layout)
    }

    fn part(&self, faces: &Faces, part: &str, width: f32, height: f32) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, width, height, mm(11.0), FOOT - 14.0);
        self.slip.head(&mut sheet, (self.title(), 18.0))?;
        let bold = Style::new(Face::SongBold, CELL.size);
        let you = self.slip.you();
        let on = day(self.entrusted_on);
        let body = match &self.together {
            None => {
                format!(
                    "：{you}于{on}委托我站代办的“{}”已登记，办件编号 {}。",
                    self.slip.item_name, self.slip.case_no
                )
            }
            Some(Together { event, cases }) => {
                format!("：{you}于{on}为“{event}”委托我站代办的 {} 件事已登记：", cases.len())
            }
        };
        let who = self.slip.applicant.in_brackets();
        sheet.paragraph(&[(&self.slip.applicant.name, bold.name()), (&who, CELL), (&body, CELL)])?;
        for (case_no, item) in self.together.iter().flat_map(|together| &together.cases) {
            sheet.flush(&format!("“{item}”，办件编号 {case_no}。"), CELL)?;
        }
        sheet.space(3.0);
        materials(&mut sheet, &self.materials)?;
        sheet.space(4.0);
        let gaps = if self.gaps.is_empty() { "无".to_owned() } else { self.gaps.join("、") };
        let hand_over = match self.hand_over_by {
            Some(by) => format!("　拟于{}前移交{}。", day(by), self.township_name),
            None => String::new(),
        };
        sheet.flush(&format!("尚缺材料：{gaps}。{hand_over}"), CELL)?;
        self.slip.say_own_words(&mut sheet, CELL)?;
        let counts = format!(
            "本回执不是受理凭证，受理日期以{}出具的受理通知书为准。代办服务不收取任何费用。",
            self.township_name
        );
        sheet.flush(&counts, bold)?;
        let signatures = format!(
            "代办员：{}（{}）　　委托人签名（捺印）：　　　　　　　　{}",
            self.slip.clerk,
            self.agent_phone,
            day(self.slip.on)
        );
        sheet.space(4.0);
        sheet.flush(&signatures, CELL)?;
        sheet.finish(|at, page, pages| self.slip.foot(at, "F01", part, (page, pages)))
    }
}
