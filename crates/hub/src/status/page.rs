//! The same as a page for whoever runs the hub: one document, nothing loaded from elsewhere, no script.

use super::{Device, Status, Withheld, megabytes};
use daiban_domain::Instant;
use std::fmt::{Display, Write};

pub(crate) fn html(status: &Status) -> String {
    let mut page = String::with_capacity(16 * 1024);
    // Writing to memory can't fail.
    let _ = write(&mut page, status);
    page
}

fn write(page: &mut String, status: &Status) -> std::fmt::Result {
    let troubled = status.devices.iter().filter(|device| !device.says.is_empty()).count();
    let store = &status.store;
    let name = Text(&status.county_name);
    write!(
        page,
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{name} · 代办通县中心</title><style>{}</style></head><body>\
         <header><h1>{name}　代办通县中心</h1><span class=\"soft\">{}</span></header><dl class=\"facts\">",
        include_str!("page.css"),
        moment(status.now),
    )?;
    let devices = match troubled {
        0 => "都好".to_owned(),
        count => format!("{count} 台要看一看"),
    };
    fact(page, "设备", format_args!("{} 台", status.devices.len()), &devices)?;
    fact(
        page,
        "记录",
        format_args!("{} 条", store.entries),
        &format!("{} 条流水，{} 个单位", store.feeds, status.units),
    )?;
    let restored = if store.restored { "，曾从备份恢复" } else { "" };
    fact(page, "占用", format_args!("{} MB", megabytes(store.bytes)), &format!("数据库{restored}"))?;
    match status.last_backup {
        Some(last) => {
            fact(
                page,
                "最近备份",
                format_args!("{}", moment(last)),
                &format!("之后又来了 {} 条", store.since_backup),
            )?;
        }
        None => fact(
            page,
            "最近备份",
            format_args!("没有"),
            &format!("{} 条只在这台服务器上", store.since_backup),
        )?,
    }
    page.push_str("</dl>");
    if !status.says.is_empty() {
        page.push_str("<ul class=\"look\">");
        for line in &status.says {
            write!(page, "<li>{}</li>", Text(line))?;
        }
        page.push_str("</ul>");
    }
    page.push_str(
        "<section tabindex=\"0\" aria-label=\"设备\"><h2>设备</h2><table><thead><tr><th>单位<th>设备<th>上次来<th class=\"number\">还缺<th>情况\
         </tr></thead><tbody>",
    );
    for device in &status.devices {
        row(page, device)?;
    }
    page.push_str("</tbody></table></section>");
    if !status.withheld.is_empty() {
        page.push_str(
            "<section><h2>不能算数的记录</h2><table><thead><tr><th>单位<th>分区<th class=\"number\">条</tr></thead><tbody>",
        );
        for Withheld { unit_name, partition, verdicts } in &status.withheld {
            write!(
                page,
                "<tr><td>{}<td>{}<td class=\"number\">{verdicts}</tr>",
                Text(unit_name),
                Text(partition)
            )?;
        }
        page.push_str("</tbody></table></section>");
    }
    write!(
        page,
        "<p class=\"faint\">“还缺”是这里有、那台设备还没有取走的条数，下次同步就送到。{} 天没来的设备算“没有来”。\
         这一页不含办件和群众的信息。</p></body></html>",
        status.days
    )
}

fn fact(page: &mut String, name: &str, value: std::fmt::Arguments<'_>, says: &str) -> std::fmt::Result {
    write!(page, "<div><dt>{name}</dt><dd>{value}<small>{says}</small></dd></div>")
}

fn row(page: &mut String, device: &Device) -> std::fmt::Result {
    let class = if device.says.is_empty() { "" } else { " class=\"trouble\"" };
    let seen = device.last_seen.map_or_else(|| "没来过".to_owned(), moment);
    write!(
        page,
        "<tr{class}><td>{}<td>{} <span class=\"faint\">{}</span><td class=\"time\">{seen}<td class=\"number\">{}<td>",
        Text(&device.unit_name),
        Text(&device.name),
        Text(&device.tag),
        device.lacks
    )?;
    if device.says.is_empty() {
        page.push_str("<span class=\"good\">好</span>");
    }
    for line in &device.says {
        write!(page, "<div class=\"says\">{}</div>", Text(line))?;
    }
    page.push_str("</tr>");
    Ok(())
}

/// 2026-11-25 08:30
fn moment(at: Instant) -> String {
    format!("{} {}", at.date(), at.time_of_day())
}

/// Text from elsewhere: a device is called what somebody typed.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            c => f.write_char(c),
        })
    }
}
