#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: daiban_fuzz::quiet(), |bytes: &[u8]| daiban_fuzz::backup(bytes));
