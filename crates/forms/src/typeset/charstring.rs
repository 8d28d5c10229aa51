//! An outline told as a Type 2 charstring (Adobe Technical Note #5177) in the fewest bytes: without hints, which say
//! nothing on a printer's 600 dots an inch, and without subroutines, which compression makes up for.

use ttf_parser::OutlineBuilder;

/// How many numbers an operator may have.
const STACK: usize = 48;

const VMOVETO: u8 = 4;
const RLINETO: u8 = 5;
const HLINETO: u8 = 6;
const VLINETO: u8 = 7;
const RRCURVETO: u8 = 8;
const ENDCHAR: u8 = 14;
const RMOVETO: u8 = 21;
const HMOVETO: u8 = 22;
const RCURVELINE: u8 = 24;
const RLINECURVE: u8 = 25;
const VVCURVETO: u8 = 26;
const HHCURVETO: u8 = 27;
const VHCURVETO: u8 = 30;
const HVCURVETO: u8 = 31;

const DRAWING: [u8; 10] = [
    RLINETO, HLINETO, VLINETO, RLINECURVE, RRCURVETO, RCURVELINE, HHCURVETO, VVCURVETO, HVCURVETO, VHCURVETO,
];

/// Takes down an outline, each point by its way from the one before.
pub struct Outline {
    /// Units of the font to units of a thousandth of an em.
    scale: f32,
    at: [i32; 2],
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment {
    Move([i32; 2]),
    Line([i32; 2]),
    Curve([i32; 6]),
}

impl Outline {
    pub fn new(units_per_em: u16) -> Self {
        Self { scale: 1_000.0 / f32::from(units_per_em), at: [0, 0], segments: Vec::new() }
    }

    fn way(&mut self, x: f32, y: f32) -> [i32; 2] {
        let to = [x, y].map(|place| (place * self.scale).round() as i32);
        let way = [to[0] - self.at[0], to[1] - self.at[1]];
        self.at = to;
        way
    }

    /// The charstring, which leaves the width to what is put before it.
    pub fn charstring(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.segments.len() * 6);
        for contour in self.segments.chunk_by(|_, next| !matches!(next, Segment::Move(_))) {
            match contour[0] {
                Segment::Move([dx, 0]) => put(&mut bytes, &[dx], HMOVETO),
                Segment::Move([0, dy]) => put(&mut bytes, &[dy], VMOVETO),
                Segment::Move(way) => put(&mut bytes, &way, RMOVETO),
                Segment::Line(_) | Segment::Curve(_) => {}
            }
            draw(&mut bytes, &contour[1..]);
        }
        bytes.push(ENDCHAR);
        bytes
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let way = self.way(x, y);
        self.segments.push(Segment::Move(way));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let way = self.way(x, y);
        self.segments.push(Segment::Line(way));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let [from_x, from_y] = self.at.map(|place| place as f32 / self.scale);
        let third = |end: f32, control: f32| (end + 2.0 * control) / 3.0;
        self.curve_to(third(from_x, x1), third(from_y, y1), third(x, x1), third(y, y1), x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ([ax, ay], [bx, by], [cx, cy]) = (self.way(x1, y1), self.way(x2, y2), self.way(x, y));
        self.segments.push(Segment::Curve([ax, ay, bx, by, cx, cy]));
    }

    /// Every contour of a charstring is closed.
    fn close(&mut self) {}
}

/// How an operator goes on after a segment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// With another, if there is one for it.
    On,
    /// It must go on.
    Must,
    Ended,
}

/// Adds what an operator's segment of that index needs in numbers; nothing if the operator can't draw it.
fn tell(operator: u8, index: usize, segment: Segment, numbers: &mut Vec<i32>) -> Option<Then> {
    let (first, even) = (index == 0, index.is_multiple_of(2));
    match (operator, segment) {
        (RLINETO, Segment::Line(way)) => numbers.extend(way),
        (RRCURVETO, Segment::Curve(way)) => numbers.extend(way),
        (RLINECURVE, Segment::Line(way)) => {
            numbers.extend(way);
            return Some(Then::Must);
        }
        (RLINECURVE, Segment::Curve(way)) if !first => {
            numbers.extend(way);
            return Some(Then::Ended);
        }
        (RCURVELINE, Segment::Curve(way)) => {
            numbers.extend(way);
            return Some(Then::Must);
        }
        (RCURVELINE, Segment::Line(way)) if !first => {
            numbers.extend(way);
            return Some(Then::Ended);
        }
        (HLINETO, Segment::Line([dx, 0])) if even => numbers.push(dx),
        (HLINETO, Segment::Line([0, dy])) if !even => numbers.push(dy),
        (VLINETO, Segment::Line([0, dy])) if even => numbers.push(dy),
        (VLINETO, Segment::Line([dx, 0])) if !even => numbers.push(dx),
        (HHCURVETO, Segment::Curve([ax, 0, bx, by, cx, 0])) => numbers.extend([ax, bx, by, cx]),
        (HHCURVETO, Segment::Curve([ax, ay, bx, by, cx, 0])) if first => {
            numbers.extend([ay, ax, bx, by, cx]);
        }
        (VVCURVETO, Segment::Curve([0, ay, bx, by, 0, cy])) => numbers.extend([ay, bx, by, cy]),
        (VVCURVETO, Segment::Curve([ax, ay, bx, by, 0, cy])) if first => {
            numbers.extend([ax, ay, bx, by, cy]);
        }
        (HVCURVETO | VHCURVETO, Segment::Curve([ax, ay, bx, by, cx, cy])) => {
            let (along, across, end, aside) =
                if even == (operator == HVCURVETO) { (ax, ay, cy, cx) } else { (ay, ax, cx, cy) };
            if across != 0 {
                return None;
            }
            numbers.extend([along, bx, by, end]);
            if aside != 0 {
                numbers.push(aside);
                return Some(Then::Ended);
            }
        }
        _ => return None,
    }
    Some(Then::On)
}

/// The segments of a contour by the operators that need the fewest bytes, found from its end.
fn draw(bytes: &mut Vec<u8>, segments: &[Segment]) {
    // From each segment on: bytes, the operator to begin with, how many segments it draws.
    let mut best = vec![(0, 0, 0); segments.len() + 1];
    let mut numbers = Vec::new();
    for from in (0..segments.len()).rev() {
        best[from].0 = usize::MAX;
        for operator in DRAWING {
            numbers.clear();
            let mut length = 1;
            for (index, segment) in segments[from..].iter().enumerate() {
                let told = numbers.len();
                let Some(then) = tell(operator, index, *segment, &mut numbers) else { break };
                if numbers.len() > STACK {
                    break;
                }
                length += numbers[told..].iter().map(|number| size(*number)).sum::<usize>();
                let all = length + best[from + index + 1].0;
                if then != Then::Must && all < best[from].0 {
                    best[from] = (all, operator, index + 1);
                }
                if then == Then::Ended {
                    break;
                }
            }
        }
    }
    let mut from = 0;
    while from < segments.len() {
        let (_, operator, count) = best[from];
        numbers.clear();
        for (index, segment) in segments[from..from + count].iter().enumerate() {
            tell(operator, index, *segment, &mut numbers);
        }
        put(bytes, &numbers, operator);
        from += count;
    }
}

fn put(bytes: &mut Vec<u8>, numbers: &[i32], operator: u8) {
    numbers.iter().for_each(|number| put_number(bytes, *number));
    bytes.push(operator);
}

/// A number of a charstring, and just the same of a CFF's dictionary, up to 16 bits.
pub fn put_number(bytes: &mut Vec<u8>, number: i32) {
    match number {
        -107..=107 => bytes.push((number + 139) as u8),
        108..=1_131 => bytes.extend([247 + ((number - 108) >> 8) as u8, (number - 108) as u8]),
        -1_131..=-108 => bytes.extend([251 + ((-number - 108) >> 8) as u8, (-number - 108) as u8]),
        _ => {
            bytes.push(28);
            bytes.extend((number as i16).to_be_bytes());
        }
    }
}

fn size(number: i32) -> usize {
    match number.unsigned_abs() {
        0..=107 => 1,
        108..=1_131 => 2,
        _ => 3,
    }
}
