//! Variable-length numbers and byte strings in a column.

/// Numbers 7 bits at a time, the lowest first; the high bit says that more follow.
pub(crate) fn put(column: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        column.push(number as u8 | 0x80);
        number >>= 7;
    }
    column.push(number as u8);
}

/// Signed numbers 7 bits at a time, as automerge writes them: the last byte's second bit is the sign.
pub(crate) fn put_leb(column: &mut Vec<u8>, mut number: i64) {
    loop {
        let byte = number as u8 & 0x7f;
        number >>= 7;
        let rest = if byte & 0x40 == 0 { 0 } else { -1 };
        if number == rest {
            return column.push(byte);
        }
        column.push(byte | 0x80);
    }
}

/// Signed numbers by zigzag: small ones of either sign stay short.
pub(crate) fn put_signed(column: &mut Vec<u8>, number: i64) {
    put(column, ((number << 1) ^ (number >> 63)) as u64);
}

/// The difference between two numbers, wrapping.
pub(crate) fn put_from(column: &mut Vec<u8>, number: u64, expected: u64) {
    put_signed(column, number.wrapping_sub(expected) as i64);
}

pub(crate) fn put_bytes(column: &mut Vec<u8>, bytes: &[u8]) {
    put(column, bytes.len() as u64);
    column.extend_from_slice(bytes);
}

/// Items in runs, as automerge writes them: how often and which one; or minus how many, and each of them.
pub(crate) fn put_runs<T: PartialEq>(out: &mut Vec<u8>, items: &[T], put: impl Fn(&mut Vec<u8>, &T)) {
    let mut rest = items;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|item| *item == first).count();
        if same > 1 {
            put_leb(out, same as i64);
            put(out, first);
            rest = &rest[same..];
            continue;
        }
        let pairs = rest.windows(2).position(|pair| pair[0] == pair[1]);
        let (single, others) = rest.split_at(pairs.unwrap_or(rest.len()));
        put_leb(out, -(single.len() as i64));
        single.iter().for_each(|item| put(out, item));
        rest = others;
    }
}

/// A column being read; every method is `None` past its end.
pub(crate) struct Column<'p>(pub &'p [u8]);

impl<'p> Column<'p> {
    pub fn byte(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A signed number as automerge writes it: two's complement, 7 bits at a time.
    pub fn leb(&mut self) -> Option<i64> {
        let mut number: i64 = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            number |= i64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                let sign = if byte & 0x40 == 0 { 0 } else { (-1i64).checked_shl(shift + 7).unwrap_or(0) };
                return Some(number | sign);
            }
        }
        None
    }

    pub fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    pub fn from(&mut self, expected: u64) -> Option<u64> {
        Some(expected.wrapping_add(self.signed()? as u64))
    }

    pub fn index(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub fn bytes(&mut self) -> Option<&'p [u8]> {
        let length = self.index()?;
        self.take(length)
    }

    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub fn take(&mut self, length: usize) -> Option<&'p [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

/// A column in runs, being read.
pub(crate) struct Runs<'a, T, R> {
    column: Column<'a>,
    read: R,
    left: u64,
    repeated: Option<T>,
}

impl<'a, T: Copy, R: Fn(&mut Column<'a>) -> Option<T>> Runs<'a, T, R> {
    pub fn of(column: &'a [u8], read: R) -> Self {
        Self { column: Column(column), read, left: 0, repeated: None }
    }

    pub fn next(&mut self) -> Option<T> {
        if self.left == 0 {
            let count = self.column.leb()?;
            self.left = count.unsigned_abs();
            self.repeated = match count {
                0 => return None,
                1.. => Some((self.read)(&mut self.column)?),
                _ => None,
            };
        }
        self.left -= 1;
        match self.repeated {
            Some(item) => Some(item),
            None => (self.read)(&mut self.column),
        }
    }
}
