use super::authority::countys_clerk;
use crate::{Desk, Trouble, form};
use daiban_contract::{Code, act::ImportUnits, view::UnitsImported};
use daiban_domain::{Instant, Unit, unit::units_from_csv};
use daiban_forms::{Faces, covers, joined_letters};
use daiban_replica::public::unit;
use std::io::ErrorKind;

impl Desk {
    /// Publishes what a table says of the county's units, all of it or nothing. What it says already changes nothing.
    pub fn import_units(&self, request: ImportUnits, now: Instant) -> Result<UnitsImported, Trouble> {
        self.with(|replica| {
            countys_clerk(replica, "全县的区划要由县中心汇总员来导入")?;
            let text = std::fs::read_to_string(&request.file).map_err(|error| match error.kind() {
                ErrorKind::InvalidData => {
                    let message = "这个文件不是 UTF-8 文本。请在表格软件里另存为“CSV UTF-8”，再试。";
                    Trouble::new(Code::BadInput, message)
                }
                _ => Trouble::file(error),
            })?;
            replica.commit(now, |writing| {
                let known = unit::below(writing.db(), writing.identity().county)?;
                let table = units_from_csv(&text, &known).map_err(|bad| {
                    Trouble::new(Code::BadInput, format!("{bad}。什么都没有改动，改好再试。"))
                })?;
                let faces = form::faces()?;
                for told in &table {
                    can_be_set(told, faces)?;
                }
                let mut done = UnitsImported::default();
                for told in &table {
                    let first = known.iter().find(|unit| unit.code == told.code);
                    match first {
                        Some(first) if first == told => {
                            done.same += 1;
                            continue;
                        }
                        Some(first) if first.full_name == told.full_name => done.changed += 1,
                        _ => done.added += 1,
                    }
                    unit::publish(writing, told)?;
                }
                done.says = format!(
                    "新增 {} 个单位，改动 {} 个，{} 个没有变化。",
                    done.added, done.changed, done.same
                );
                Ok(done)
            })
        })
    }
}

/// A name in a second language stands at the head of forms: what can't be set there is said now, not at the printer.
fn can_be_set(unit: &Unit, faces: &Faces) -> Result<(), Trouble> {
    let Unit { code, second_name, .. } = unit;
    if let Some(letter) = joined_letters(second_name) {
        let message = format!(
            "{code} 的第二文字名称里有“{letter}”：藏文、蒙古文、维吾尔文等要连写，不能当文字排。请把名称做成图片，\
             存为“抬头-{code}.png”，放进每台电脑数据文件夹的 fonts 里；这一栏留空。什么都没有改动。"
        );
        return Err(Trouble::new(Code::BadInput, message));
    }
    match covers(second_name, faces).as_slice() {
        [] => Ok(()),
        missing => {
            let missing: Vec<String> =
                missing.iter().map(|c| format!("“{c}”（U+{:04X}）", u32::from(*c))).collect();
            let message =
                format!("{code} 的第二文字名称里有字没有字体：{}。什么都没有改动。", missing.join("、"));
            Err(Trouble::new(Code::BadInput, message))
        }
    }
}
