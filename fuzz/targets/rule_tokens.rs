#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wangge_fuzz::rule_tokens(bytes));
