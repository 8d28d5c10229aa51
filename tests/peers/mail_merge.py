"""The notice of acceptance the way an office would print it: LibreOffice Writer, headless, a document each, beside
`cargo bench -p daiban-tests --bench goals -- forms`.

    apt-get install --no-install-recommends libreoffice-writer-nogui fonts-noto-cjk
    python3 tests/peers/mail_merge.py [COUNT]

Writes COUNT notices (100) as flat ODT, what a mail merge makes of its template, has one LibreOffice turn all of them into
PDFs, and prints milliseconds of the processor and kilobytes for each. The start of LibreOffice is taken off by
converting a single one first.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

FACTS = (
    ("事项名称", "城乡居民基本养老保险待遇申领"),
    ("申请人", "王秀兰"),
    ("证件号码", "621099********{n:04}"),
    ("联系电话", "139****5678"),
    ("代办人", "李秀兰"),
    ("申请日期", "2026年9月25日"),
    ("收件日期", "2026年9月28日"),
    ("办件类型", "承诺件"),
    ("法定时限", "法律未作规定"),
    ("受理日期", "2026年9月28日"),
    ("承诺时限", "10个工作日"),
)
BODY = (
    "王秀兰：",
    "你（单位）于2026年9月25日提出的“城乡居民基本养老保险待遇申领”申请，我单位于2026年9月28日收到申请材料。经审查，申请材料齐全、"
    "符合法定形式，依据《中华人民共和国社会保险法》第二十一条、第二十二条，决定自2026年9月28日起予以受理。",
    "本事项为承诺件，法定办结时限：法律未作规定，承诺办结时限：10个工作日。承诺于2026年10月16日（星期五）前办结，请凭本通知书查询"
    "进度、领取办理结果。依法需要听证、检验、检测、鉴定、专家评审、现场勘查等所需时间不计算在内。",
)
MATERIALS = ("申请表", "居民身份证", "居民户口簿", "社会保障卡（或本人银行存折）")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:text-properties
 style:font-name-asian="Noto Serif CJK SC" style:font-size-asian="12pt" fo:font-size="12pt" fo:language="zh"
 style:language-asian="zh" style:country-asian="CN"/></style:default-style></office:styles>
<office:body><office:text>"""
TAIL = "</office:text></office:body></office:document>"


def paragraph(text):
    return f"<text:p>{text}</text:p>"


def table(rows):
    cell = "<table:table-cell>{}</table:table-cell>"
    lines = "".join(
        "<table:table-row>" + "".join(cell.format(paragraph(text)) for text in row) + "</table:table-row>"
        for row in rows
    )
    return f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{lines}</table:table>'


def notice(n):
    parts = []
    for part in ("第一联　申请人留存", "第二联　存入案卷"):
        parts += [paragraph("清源镇便民服务中心（演示）"), paragraph("受理通知书")]
        parts += [paragraph(f"编号：清源镇受〔2026〕A1-{n:04}号")]
        parts += [table([(label, value.format(n=n)) for label, value in FACTS])]
        parts += [paragraph(text) for text in BODY]
        parts += [table([(str(i + 1), name, "1", "1") for i, name in enumerate(MATERIALS)])]
        parts += [paragraph("经办人：王建国　　清源镇便民服务中心（演示）　2026年9月28日"), paragraph(part)]
    return HEAD + "".join(parts) + TAIL


def convert(folder, files):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, files)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for n in range(count + 1):
            file = folder / f"{n}.fodt"
            file.write_text(notice(n), encoding="utf-8")
            files.append(file)
        convert(folder, files[:1])
        start = convert(folder, files[:1])
        all_of_them = convert(folder, files[1:])
        size = sum((folder / f"{n}.pdf").stat().st_size for n in range(1, count + 1))
        print(f"{(all_of_them - start) / (count - 1) * 1000:.1f} ms of the processor each, start {start:.1f} s")
        print(f"{size / count / 1000:.1f} kB each")


main()
