//! F06: 材料交接单 of a hand-over, which goes with the paper from the village to the township (DOMAIN §5.2, T03, T04).

use crate::{
    issuer::{CELL, Issuer, LABEL, SHORT_FOOT, TEXT, day, head, short_foot},
    slip::{label, middle, value},
    typeset::{Align, Cell, Column, Ends, Face, Faces, FormError, Layout, Row, Sheet, Style, mm},
};
use jiff::civil::Date;

#[derive(Clone, Debug)]
pub struct HandOverSlip {
    pub issuer: Issuer,
    pub number: Option<String>,
    pub copy: u32,
    /// 批次号
    pub batch: String,
    /// What its QR code says.
    pub mark: String,
    /// 移交方, 接收方
    pub from: String,
    pub to: String,
    /// Who handed over, and when.
    pub by: String,
    pub on: Date,
    /// Who has received the last of it, and when.
    pub received: Option<(String, Date)>,
    pub cases: Vec<HandedCase>,
}

/// A case that went with the batch.
#[derive(Clone, Debug)]
pub struct HandedCase {
    pub case_no: String,
    pub applicant: String,
    pub item: String,
    /// The others have arrived and this one has not.
    pub missing: bool,
    pub materials: Vec<HandedMaterial>,
}

/// Originals and copies, as they were handed over and as they were counted on arrival.
#[derive(Clone, Debug)]
pub struct HandedMaterial {
    pub name: String,
    pub handed: (u16, u16),
    pub counted: Option<(u16, u16)>,
}

const PARTS: [&str; 2] = ["第一联　移交方留存", "第二联　接收方留存"];
const SHARES: [f32; 11] = [4.0, 16.0, 10.0, 16.0, 18.0, 5.0, 6.0, 5.0, 8.5, 7.5, 9.0];
const HEADING: [&str; 11] = [
    "序号",
    "办件编号",
    "申请人",
    "事项",
    "材料名称",
    "原件",
    "复印件",
    "页数",
    "票据、证件号后4位",
    "接收核对",
    "备注",
];
const SMALL: Style = Style::new(Face::Song, 9.0);

impl HandOverSlip {
    pub const TITLE: &str = "材料交接单";

    pub fn lay_out(&self, faces: &Faces) -> Result<Layout, FormError> {
        let mut layout = self.part(faces, PARTS[0])?;
        layout.pages.extend(self.part(faces, PARTS[1])?.pages);
        Ok(layout)
    }

    /// Its columns need the length of the sheet.
    fn part(&self, faces: &Faces, part: &str) -> Result<Layout, FormError> {
        let mut sheet = Sheet::new(faces, mm(297.0), mm(210.0), mm(15.0), SHORT_FOOT);
        head(&mut sheet, &self.issuer, (Self::TITLE, 20.0), self.number.as_deref(), self.copy)?;
        let originals: u32 =
            self.cases.iter().flat_map(|case| &case.materials).map(|one| u32::from(one.handed.0)).sum();
        let says = format!(
            "批次号：{}　　移交方：{}　　接收方：{}　　共 {} 件，原件 {originals} 份",
            self.batch,
            self.from,
            self.to,
            self.cases.len()
        );
        sheet.line(&says, TEXT, Align::Left)?;
        sheet.space(3.0);
        let heading = Row { cells: HEADING.map(|text| Cell::new(text, LABEL, Align::Centre)).into() };
        let rows: Vec<Row> = self.cases.iter().enumerate().flat_map(|(i, case)| case.rows(i + 1)).collect();
        let ends = Ends { keep: 106.0, ..Ends::default() };
        sheet.grid_ending(&SHARES.map(|share| Column { share }), Some(&heading), &rows, ends)?;
        sheet.space(6.0);
        self.signatures(&mut sheet)?;
        sheet.finish(|at, page, pages| {
            short_foot(at, &self.issuer, ("F06", &self.mark), ("批次号", &self.batch), part, (page, pages))
        })
    }

    /// What differs, and both sides.
    fn signatures(&self, sheet: &mut Sheet<'_>) -> Result<(), FormError> {
        let differing = self.differences();
        let arrived = self.received.is_some();
        let differing = match differing.is_empty() {
            true if arrived => "无".to_owned(),
            true => String::new(),
            false => differing.join("；"),
        };
        let columns = [12.0, 38.0, 12.0, 38.0].map(|share| Column { share });
        let signed = |by: &str, on: Option<Date>| {
            let on = on.map_or_else(|| "　　　　年　　月　　日　　时".to_owned(), day);
            Cell::new(format!("{by}　　　　　　　　{on}"), CELL, Align::Left).with_room(2)
        };
        let receiver = self.received.as_ref();
        let received = signed(receiver.map_or("", |(by, _)| by), receiver.map(|(_, on)| *on));
        let rows = [
            Row { cells: vec![label("差异说明"), value(differing).spanning(3).with_room(2)] },
            Row {
                cells: vec![
                    label("移交人（签名）、时间"),
                    signed(&self.by, Some(self.on)),
                    label("接收人（签名）、时间"),
                    received,
                ],
            },
        ];
        sheet.grid(&columns, None, &rows)?;
        sheet.space(3.0);
        sheet.line("以上材料当面点清。一式两份，双方各存一份；资料原件随单流转。", CELL, Align::Left)
    }

    fn differences(&self) -> Vec<String> {
        let of_case = |(i, case): (usize, &HandedCase)| {
            if case.missing {
                return vec![format!("第{}件没有到", i + 1)];
            }
            let differing = case.materials.iter().filter_map(|one| {
                let counted = one.counted.filter(|counted| *counted != one.handed)?;
                let tell = |(originals, copies)| format!("原件{originals}、复印件{copies}");
                Some(format!("第{}件{}：移交{}，实收{}", i + 1, one.name, tell(one.handed), tell(counted)))
            });
            differing.collect()
        };
        self.cases.iter().enumerate().flat_map(of_case).collect()
    }
}

impl HandedCase {
    /// A row a material; the case itself is told beside the first.
    fn rows(&self, number: usize) -> Vec<Row> {
        let case = |joined: bool| {
            [
                middle(number.to_string()),
                Cell::new(self.case_no.as_str(), SMALL, Align::Left),
                Cell::new(self.applicant.as_str(), CELL.name(), Align::Left),
                value(self.item.as_str()),
            ]
            .map(|cell| cell.joining(joined))
        };
        let missing = if self.missing { "没有到" } else { "" };
        if self.materials.is_empty() {
            let none = value("（没有材料）").spanning(6);
            return vec![Row { cells: case(false).into_iter().chain([none, value(missing)]).collect() }];
        }
        let row = |(i, one): (usize, &HandedMaterial)| {
            let (whole, short) = match one.counted {
                Some(counted) => (counted == one.handed, counted != one.handed),
                None => (false, self.missing),
            };
            let check = format!("{}符 {}缺", box_of(whole), box_of(short));
            let counted = one.counted.filter(|_| short);
            let counted = counted.map(|(originals, copies)| format!("实收{originals}/{copies}"));
            let cells = [
                value(one.name.as_str()),
                middle(one.handed.0.to_string()),
                middle(one.handed.1.to_string()),
                value(""),
                value(""),
                Cell::new(check, SMALL, Align::Centre),
                value(counted.unwrap_or_else(|| missing.to_owned())),
            ];
            Row { cells: case(i > 0).into_iter().chain(cells).collect() }
        };
        self.materials.iter().enumerate().map(row).collect()
    }
}

fn box_of(ticked: bool) -> char {
    if ticked { '☑' } else { '☐' }
}
