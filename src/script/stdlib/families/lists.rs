//! Walks over lists with a closure.

use crate::script::function::{HostFunction, Type, function};
use crate::script::stdlib::lists;

/// The functions of this family.
#[rustfmt::skip]
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function("filter", "筛选", "list: Array, condition: FnPtr", Type::List(&Type::Any), r#"t.events.unique("kind").filter(|kind| kind.len() > 2)"#)
        .about("使条件成立的各项", "the entries for which the condition holds")
        .by(|to| to.add(lists::filter)),
    function("map", "逐行", "list: Array, value: FnPtr", Type::Made, r#"t.events.unique("kind").map(|kind| kind.len())"#)
        .about("对每一项求值所得的列表", "the list of what the closure makes of each entry")
        .by(|to| to.add(lists::map)),
    function("some", "任一", "list: Array, condition: FnPtr", Type::Bool, r#"t.events.unique("kind").some(|kind| kind.contains("矛盾"))"#)
        .about("是否有一项使条件成立", "whether the condition holds for some entry")
        .by(|to| to.add(lists::some)),
    function("all", "全部", "list: Array, condition: FnPtr", Type::Bool, r#"t.events.unique("kind").all(|kind| filled(kind))"#)
        .about("条件是否对每一项都成立", "whether the condition holds for every entry")
        .by(|to| to.add(lists::all)),
];
