//! `[column.name]`: the columns that a catalog declares.

use errbook_codegen::__private::model::{Column, ColumnKind, Variant};

use crate::console::join;
use crate::diff::change::{Subject, code};
use crate::diff::compare::pairing::{Pair, pairs};
use crate::diff::compare::recorder::ChangeRecorder;
use crate::diff::kind::ChangeKind;

pub(super) fn compare(recorder: &mut ChangeRecorder<'_>, old: &[Column], new: &[Column]) {
    let pairs = pairs(old, new, |column| &column.key);
    for pair in pairs.items {
        let key = &pair.newest().key;
        recorder.begin(Subject::Column(key.clone()), &["column", key]);
        if let Pair::Both(old, new) = pair {
            column(recorder, old, new);
        } else {
            let kinds = [ChangeKind::ColumnAdded, ChangeKind::ColumnRemoved];
            let types = pair.sides(|column| code(type_text(column)));
            recorder.added_or_removed(kinds, "column", &[], types);
        }
    }
    if pairs.reordered {
        recorder.order("order of the columns", &["column"]);
    }
}

/// Returns the type of a column as a catalog writes it.
fn type_text(column: &Column) -> String {
    let optional = if column.optional { "?" } else { "" };
    match &column.kind {
        ColumnKind::Type(ty) => format!("{ty}{optional}"),
        ColumnKind::Names { variants, .. } => format!("{}{optional}", variants_text(variants)),
    }
}

fn variants_text(variants: &[Variant]) -> String {
    let names = variants.iter().map(|variant| &variant.name);
    format!("[{}]", join(names, ", "))
}

fn names(kind: &ColumnKind) -> Option<(&str, &[Variant])> {
    match kind {
        ColumnKind::Names {
            rust_name,
            variants,
        } => Some((rust_name, variants)),
        ColumnKind::Type(_) => None,
    }
}

fn column(recorder: &mut ChangeRecorder<'_>, old: &Column, new: &Column) {
    let names = [&old.kind, &new.kind].map(names);
    let is_same_kind = old.kind == new.kind || names.iter().all(Option::is_some);
    if !is_same_kind || old.optional != new.optional {
        let types = [old, new].map(|column| Some(code(type_text(column))));
        recorder.push(ChangeKind::ColumnType, "type", &["type"], types);
    }
    if let [Some((old_name, old)), Some((new_name, new))] = names {
        let title = "name in Rust of the enum";
        let names = [old_name, new_name].map(|name| Some(code(name)));
        recorder.compare(ChangeKind::RustName, title, &["rust-name"], names);
        variants(recorder, old, new);
    }
    let names = [old, new].map(|column| Some(code(&column.rust_name)));
    recorder.compare(ChangeKind::RustName, "name in Rust", &["rust-name"], names);
    let texts = [old, new].map(|column| {
        let description = column.description.as_deref();
        [
            ("title", Some(&*column.title)),
            ("description", description),
        ]
    });
    recorder.texts(ChangeKind::ColumnText, texts);
}

fn variants(recorder: &mut ChangeRecorder<'_>, old: &[Variant], new: &[Variant]) {
    let pairs = pairs(old, new, |variant| &variant.name);
    for pair in pairs.items {
        if let Pair::Both(old, new) = pair {
            let title = ("name in Rust of {}", &new.name);
            let names = [old, new].map(|variant| Some(code(&variant.rust_name)));
            recorder.compare(ChangeKind::RustName, title, &["type"], names);
        } else {
            let kinds = [ChangeKind::ColumnNameAdded, ChangeKind::ColumnNameRemoved];
            let names = pair.sides(|variant| code(&variant.name));
            recorder.added_or_removed(kinds, "name", &["type"], names);
        }
    }
    if pairs.reordered {
        let names = [old, new].map(|variants| Some(code(variants_text(variants))));
        let title = "order of the names";
        recorder.push(ChangeKind::ColumnNamesOrder, title, &["type"], names);
    }
}
