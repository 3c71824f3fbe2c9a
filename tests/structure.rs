//! Enforces the structure and the type names of the three crates by reading their sources.
//!
//! # The order of modules
//!
//! The `mod` lines of `lib.rs`, `main.rs` and each `mod.rs` are in pipeline order. A module imports only
//! modules that are listed earlier. Precisely:
//!
//! - An *import* is a leaf of a `use` tree, or a path that starts with `crate::`, `super::` or `self::` in any
//!   other position, which includes the tokens of macro calls, of attributes and of `macro_rules!`.
//! - Two modules are compared where their paths part: `crate::a::b` may import from `crate::c::d` if `c` is listed
//!   before `a` in the crate's root, and `crate::a::b` from `crate::a::d` if `d` is listed before `b` in `a`.
//! - A module may import from its own children, at any depth.
//! - A child must not import an item of an ancestor (its parent, the parent of that, or the crate's root), nor
//!   the ancestor itself as in `use super::*` or `use crate::parent`. A name that an ancestor only re-exports
//!   with a `pub use` of any visibility (`pub(crate) use findings::Findings`) is not an item of the ancestor: it
//!   counts as an import of the module that the `pub use` names. A private `use` or a glob re-export of the
//!   ancestor does not count as a re-export.
//! - A macro with `#[macro_export]` counts as an item of the module that defines it.
//! - An inline `mod name { … }` belongs to the file that contains it.
//!
//! # Type names
//!
//! No name of a struct, enum, union, trait or type alias is defined twice in the three crates, private types and
//! types inside functions included. Exceptions: associated types, `Args` (the arguments of a command), types of
//! one file that all have a `#[cfg(…)]` (or are in an inline module that has one), and the list under "Mirrored type names" in `ARCHITECTURE.md`, whose
//! types are defined once in `runtime` and once in `codegen`. No type is named with a bare participle.
//!
//! # Exempt code
//!
//! A file that a `mod` line names with `#[path]`, code with `#[cfg(test)]` or `#[cfg(doctest)]`, the tokens of `quote!` (generated code), `$crate` paths, and
//! files of a folder `template` (text that `cargo errbook new` writes).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};

const CRATES: [(&str, &str); 3] = [
    ("runtime", "lib.rs"),
    ("codegen", "lib.rs"),
    ("cli", "main.rs"),
];
const MIRRORED_CRATES: [&str; 2] = ["runtime", "codegen"];
const MIRRORS_HEADING: &str = "## Mirrored type names";
const PARTICIPLES: [&str; 7] = ["Found", "Said", "Told", "Read", "Known", "Made", "Shown"];
const QUOTES: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "format_quote"];

#[test]
fn modules_import_only_modules_listed_earlier() {
    let mut violations = Vec::new();
    for (name, root) in CRATES {
        let texts = source_texts(name);
        let parsed = Crate::parse(&format!("{name}/src"), root, &texts);
        parsed.assert_complete(&texts);
        violations.extend(parsed.order_violations());
    }
    assert_none(&violations);
}

/// The tests of a crate are one program, whose root lists their files.
#[test]
fn test_files_are_listed() {
    for krate in ["codegen", "cli"] {
        let folder = format!("{krate}/tests");
        let texts = texts_in(&folder, "golden");
        let modules = Crate::parse(&folder, "main.rs", &texts).modules;
        assert!(modules.len() > 10, "{folder}: few modules");
        let listed: BTreeSet<&str> = modules.values().map(|module| &*module.file).collect();
        let is_missing = |file: &String| !listed.contains(&*format!("{folder}/{file}"));
        let missing: Vec<&String> = texts.keys().filter(|file| is_missing(file)).collect();
        assert!(missing.is_empty(), "no `mod` line of {folder}: {missing:?}");
    }
}

#[test]
fn type_names_are_defined_once() {
    let architecture = fs::read_to_string(workspace().join("ARCHITECTURE.md")).expect("readable");
    let mirrors = mirrors(&architecture);
    assert!(mirrors.len() > 4, "no list in ARCHITECTURE.md: {mirrors:?}");
    let crates: Vec<Crate> = CRATES
        .iter()
        .map(|(name, root)| {
            let texts = source_texts(name);
            let parsed = Crate::parse(&format!("{name}/src"), root, &texts);
            parsed.assert_complete(&texts);
            parsed
        })
        .collect();
    assert_none(&name_violations(&crates, &mirrors));
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn assert_none(violations: &[Violation]) {
    let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(
        lines.is_empty(),
        "{} violations:\n{}\n",
        lines.len(),
        lines.join("\n")
    );
}

fn source_texts(krate: &str) -> BTreeMap<String, String> {
    texts_in(&format!("{krate}/src"), "template")
}

/// The texts of Rust files in a folder by their paths relative to it, except those of folders called `left_out`.
fn texts_in(folder: &str, left_out: &str) -> BTreeMap<String, String> {
    let src = workspace().join(folder);
    let mut texts = BTreeMap::new();
    let mut folders = vec![src.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources is readable") {
            let path = entry.expect("an entry is readable").path();
            if path.is_dir() {
                if !path.ends_with(left_out) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|it| it == "rs") {
                let relative = path.strip_prefix(&src).expect("it is inside of src");
                let relative = relative.to_str().expect("names are UTF-8").to_owned();
                texts.insert(relative, fs::read_to_string(&path).expect("readable"));
            }
        }
    }
    texts
}

/// The names that are listed as `` - `Name`: … `` under the heading of the mirrors.
fn mirrors(architecture: &str) -> BTreeSet<String> {
    architecture
        .split_once(MIRRORS_HEADING)
        .map_or("", |(_, rest)| rest.split("\n## ").next().unwrap_or(""))
        .lines()
        .filter_map(|line| Some(line.strip_prefix("- `")?.split_once('`')?.0.to_owned()))
        .collect()
}

/// A mistake, with its place and the remedy.
#[derive(Debug)]
struct Violation {
    file: String,
    line: usize,
    message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// The path of a module or an item. An absolute one does not contain the leading `crate`.
type Segments = Vec<String>;

struct Crate {
    /// The folder of the sources, as in `runtime/src`.
    folder: String,
    /// The modules that have files of their own, by their absolute paths.
    modules: BTreeMap<Segments, Module>,
}

/// A file and what it contains.
struct Module {
    file: String,
    /// Child modules with files of their own, in the order of the `mod` lines.
    children: Vec<String>,
    contents: Contents,
}

impl Crate {
    /// Reads the files that `mod` lines reach from the root.
    fn parse(folder: &str, root: &str, texts: &BTreeMap<String, String>) -> Self {
        let mut modules = BTreeMap::new();
        let mut pending = vec![(Segments::new(), root.to_owned())];
        while let Some((path, file)) = pending.pop() {
            let name = format!("{folder}/{file}");
            let text = texts
                .get(&file)
                .unwrap_or_else(|| panic!("{name} does not exist"));
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let mut contents = Contents {
                module: path.clone(),
                ..Contents::default()
            };
            contents.visit_file(&parsed);
            let children = contents.children.clone();
            for child in &children {
                let child_path = join(&path, child);
                let flat = format!("{}.rs", child_path.join("/"));
                let nested = format!("{}/mod.rs", child_path.join("/"));
                let file = if texts.contains_key(&flat) {
                    flat
                } else {
                    nested
                };
                pending.push((child_path, file));
            }
            let module = Module {
                file: name,
                children,
                contents,
            };
            modules.insert(path, module);
        }
        Self {
            folder: folder.to_owned(),
            modules,
        }
    }

    /// Asserts that nothing was overlooked, so that no test passes because it looked at nothing.
    fn assert_complete(&self, texts: &BTreeMap<String, String>) {
        let count = |starts: &[&str]| {
            let lines = texts.values().flat_map(|text| text.lines());
            lines
                .filter(|line| starts.iter().any(|start| line.starts_with(start)))
                .count()
        };
        let all = || self.modules.values().map(|module| &module.contents);
        assert_eq!(
            self.modules.len(),
            texts.len(),
            "{}: files that no `mod` line reaches, or the reverse",
            self.folder
        );
        assert!(self.modules.len() > 20, "{}: few modules", self.folder);
        let imports: usize = all().map(|contents| contents.imports.len()).sum();
        let lines = count(&["use crate::", "pub use ", "pub(crate) use "]);
        assert!(
            lines > 10 && imports >= lines,
            "{}: {imports} imports, {lines} lines",
            self.folder
        );
        let types: usize = all().map(|contents| contents.types.len()).sum();
        let lines = count(&[
            "pub struct ",
            "pub(crate) struct ",
            "struct ",
            "pub enum ",
            "pub(crate) enum ",
            "enum ",
        ]);
        assert!(
            lines > 20 && types >= lines,
            "{}: {types} types, {lines} lines",
            self.folder
        );
    }

    fn order_violations(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (path, module) in &self.modules {
            let mut reported = BTreeSet::new();
            for import in &module.contents.imports {
                let Some(message) = self.judge(path, &import.path) else {
                    continue;
                };
                if reported.insert((import.line, message.clone())) {
                    violations.push(Violation {
                        file: module.file.clone(),
                        line: import.line,
                        message,
                    });
                }
            }
        }
        violations
    }

    /// Says what is wrong if the module at `from` imports `path`.
    fn judge(&self, from: &[String], path: &[String]) -> Option<String> {
        let target = self.target(from, path)?;
        let written = path.join("::");
        if from.starts_with(&target) && from != target {
            let ancestor = &self.modules[&target].file;
            let child = &from[target.len()];
            return Some(format!(
                "`{written}` is an item of `{ancestor}`, which may use its children but not be used by them: \
                 move the item to a file that is listed before `{child}`"
            ));
        }
        let common = from.iter().zip(&target).take_while(|(a, b)| a == b).count();
        let (Some(own), Some(other)) = (from.get(common), target.get(common)) else {
            return None;
        };
        let parent = &self.modules[&target[..common]];
        let position = |name| parent.children.iter().position(|it| it == name);
        if position(other) < position(own) {
            return None;
        }
        let list = &parent.file;
        let circle = if self.imports_between(
            &join(&target[..common], other),
            &join(&target[..common], own),
        ) {
            format!(
                "; `{other}` imports `{own}`, too: break the circle by moving what one of them needs"
            )
        } else {
            String::new()
        };
        Some(format!(
            "`{written}` is imported by `{own}`, but `{list}` lists `{other}` after `{own}`: list `{other}` first, \
             or move the item{circle}"
        ))
    }

    /// Whether any module in one folder or file imports from another one.
    fn imports_between(&self, from: &[String], to: &[String]) -> bool {
        self.modules.iter().any(|(path, module)| {
            path.starts_with(from)
                && module.contents.imports.iter().any(|import| {
                    self.target(path, &import.path)
                        .is_some_and(|target| target.starts_with(to))
                })
        })
    }

    /// The module that a module's path leads to. `None` if that is another crate.
    fn target(&self, from: &[String], path: &[String]) -> Option<Segments> {
        self.resolve(from, &self.absolute(from, path)?)
    }

    /// The absolute path of one that a module contains. `None` if it leads out of the crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Segments> {
        let first = path.first()?;
        if first == "crate" {
            return Some(path[1..].to_vec());
        }
        let here = &self.modules[module];
        if here.children.contains(first) {
            return Some([module, path].concat());
        }
        let mut aliases = here.contents.uses.iter();
        let alias = aliases.find(|alias| alias.name == *first && alias.path != path)?;
        let start = self.absolute(module, &alias.path)?;
        Some([&start, &path[1..]].concat())
    }

    /// The module that an absolute path imports from, seen from a module. `None` if that is another crate.
    fn resolve(&self, from: &[String], path: &[String]) -> Option<Segments> {
        let is_module = |length: &usize| self.modules.contains_key(&path[..*length]);
        let length = (1..=path.len()).take_while(is_module).last().unwrap_or(0);
        let (module, rest) = path.split_at(length);
        let is_ancestor = from.starts_with(module) && from != module;
        let Some(name) = rest.first().filter(|_| is_ancestor) else {
            return Some(module.to_vec());
        };
        let contents = &self.modules[module].contents;
        if let Some(reexport) = contents
            .uses
            .iter()
            .find(|it| it.public && it.name == *name)
        {
            let target = self.absolute(module, &reexport.path)?;
            return if target == path {
                Some(module.to_vec())
            } else {
                self.resolve(from, &target)
            };
        }
        let exporting = || {
            let mut modules = self.modules.iter();
            modules.find(|(_, module)| module.contents.exported_macros.contains(name))
        };
        match exporting().filter(|_| module.is_empty()) {
            Some((path, _)) => Some(path.clone()),
            None => Some(module.to_vec()),
        }
    }
}

fn join(path: &[String], name: &str) -> Segments {
    [path, &[name.to_owned()]].concat()
}

fn name_violations(crates: &[Crate], mirrors: &BTreeSet<String>) -> Vec<Violation> {
    let mut definitions: BTreeMap<&str, Vec<Definition<'_>>> = BTreeMap::new();
    for krate in crates {
        for module in krate.modules.values() {
            for defined in &module.contents.types {
                let definition = Definition {
                    krate: &krate.folder,
                    file: &module.file,
                    line: defined.line,
                    has_cfg: defined.has_cfg,
                };
                definitions
                    .entry(&defined.name)
                    .or_default()
                    .push(definition);
            }
        }
    }
    let mut violations = Vec::new();
    for (name, all) in &definitions {
        let mut all: Vec<&Definition<'_>> = all.iter().collect();
        all.dedup_by(|one, other| one.file == other.file && one.has_cfg && other.has_cfg);
        let mut report = |definition: &Definition<'_>, message: String| {
            violations.push(Violation {
                file: definition.file.to_owned(),
                line: definition.line,
                message,
            });
        };
        if PARTICIPLES.contains(name) {
            for definition in &all {
                report(
                    definition,
                    format!("type `{name}` is named with a participle: name what it is"),
                );
            }
        }
        let mut one_each =
            all.iter().map(|it| it.krate).collect::<BTreeSet<_>>().len() == all.len();
        one_each &= all.iter().all(|it| {
            MIRRORED_CRATES
                .iter()
                .any(|krate| it.krate.starts_with(krate))
        });
        if mirrors.contains(*name) && one_each || *name == "Args" {
            continue;
        }
        let Some((first, others)) = all.split_first().filter(|(_, others)| !others.is_empty())
        else {
            continue;
        };
        let others = others.iter().map(|it| format!("{}:{}", it.file, it.line));
        let others = others.collect::<Vec<_>>().join(", ");
        report(
            first,
            format!("type `{name}` is defined here and at {others}: rename all but one"),
        );
    }
    for name in mirrors {
        if definitions.get(&**name).is_none_or(|all| all.len() < 2) {
            violations.push(Violation {
                file: "ARCHITECTURE.md".to_owned(),
                line: 0,
                message: format!(
                    "`{name}` is listed as mirrored, but is not defined in two crates: remove it"
                ),
            });
        }
    }
    violations
}

/// Where a type is defined.
struct Definition<'a> {
    krate: &'a str,
    file: &'a str,
    line: usize,
    has_cfg: bool,
}

/// What a file contains, collected by visiting its items.
#[derive(Default)]
struct Contents {
    /// The file's module.
    module: Segments,
    /// The inline modules around the item that is visited.
    inline: Segments,
    /// How many of them have a `#[cfg(…)]`.
    inline_cfgs: usize,
    /// The depth of function bodies around it.
    depth: usize,
    children: Vec<String>,
    imports: Vec<Import>,
    /// The names that `use` declarations bring into the module's scope.
    uses: Vec<Alias>,
    types: Vec<TypeName>,
    exported_macros: Vec<String>,
}

struct Import {
    /// It starts with `crate`, or with a name in the file's scope.
    path: Segments,
    line: usize,
}

struct Alias {
    name: String,
    path: Segments,
    public: bool,
}

struct TypeName {
    name: String,
    line: usize,
    has_cfg: bool,
}

impl Contents {
    /// Replaces the `self` and `super` that a path starts with.
    fn normalize(&self, path: &[String]) -> Segments {
        let mut here = [&self.module[..], &self.inline].concat();
        let mut rest = path;
        let mut relative = true;
        while let Some(("self" | "super", name)) = rest.first().map(|it| (it.as_str(), it)) {
            if name == "super" {
                here.pop();
            }
            relative = false;
            rest = &rest[1..];
        }
        if relative {
            return path.to_vec();
        }
        [&["crate".to_owned()], &here[..], rest].concat()
    }

    fn import(&mut self, path: &[String], line: usize) {
        let path = self.normalize(path);
        self.imports.push(Import { path, line });
    }

    fn use_tree(&mut self, tree: &syn::UseTree, prefix: &[String], public: bool) {
        let (name, renamed) = match tree {
            syn::UseTree::Path(path) => {
                return self.use_tree(&path.tree, &join(prefix, &path.ident.to_string()), public);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(tree, prefix, public);
                }
                return;
            }
            syn::UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                return self.import(&join(prefix, "*"), line);
            }
            syn::UseTree::Name(name) => (&name.ident, &name.ident),
            syn::UseTree::Rename(rename) => (&rename.ident, &rename.rename),
        };
        let itself = name == "self" && !prefix.is_empty();
        let path = if itself {
            prefix.to_vec()
        } else {
            join(prefix, &name.to_string())
        };
        self.import(&path, name.span().start().line);
        if self.depth == 0 && self.inline.is_empty() {
            let alias = if itself && renamed == "self" {
                path.last().cloned()
            } else {
                Some(renamed.to_string())
            };
            let path = self.normalize(&path);
            let name = alias.expect("a path has a last segment");
            self.uses.push(Alias { name, path, public });
        }
    }

    /// Collects the paths in the tokens of a macro or an attribute.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut index = 0;
        while index < tokens.len() {
            let after = |sign: char| {
                let previous = index.checked_sub(1).map(|it| &tokens[it]);
                matches!(previous, Some(TokenTree::Punct(it)) if it.as_char() == sign)
            };
            match &tokens[index] {
                TokenTree::Group(group) => {
                    let quotes = index >= 2
                        && after('!')
                        && matches!(&tokens[index - 2], TokenTree::Ident(it) if is_quote(it));
                    if !quotes {
                        self.tokens(group.stream());
                    }
                }
                TokenTree::Ident(ident) if is_keyword(ident) && !after('$') => {
                    let line = ident.span().start().line;
                    index = self.token_path(&tokens, index, &[], line);
                    continue;
                }
                _ => {}
            }
            index += 1;
        }
    }

    /// Reads the path that starts at a token, and returns the index behind it.
    fn token_path(
        &mut self,
        tokens: &[TokenTree],
        start: usize,
        prefix: &[String],
        line: usize,
    ) -> usize {
        let mut path = prefix.to_vec();
        let mut index = start;
        while let Some(TokenTree::Ident(ident)) = tokens.get(index) {
            if path.is_empty() || ident != "self" {
                path.push(ident.to_string());
            }
            index += 1;
            let colons = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == ':');
            if !(colons(index) && colons(index + 1)) {
                break;
            }
            index += 2;
        }
        match tokens.get(index) {
            Some(TokenTree::Group(group))
                if group.delimiter() == Delimiter::Brace && is_prefix(tokens, index) =>
            {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut at = 0;
                while at < inner.len() {
                    at = self.token_path(&inner, at, &path, line).max(at + 1);
                }
                index += 1;
            }
            _ if path.len() > 1 => self.import(&path, line),
            _ => {}
        }
        index
    }
}

/// Whether the tokens before a group are `::`.
fn is_prefix(tokens: &[TokenTree], index: usize) -> bool {
    matches!(index.checked_sub(1).map(|it| &tokens[it]), Some(TokenTree::Punct(it)) if it.as_char() == ':')
}

fn is_keyword(ident: &Ident) -> bool {
    ident == "crate" || ident == "super" || ident == "self"
}

fn is_quote(ident: &Ident) -> bool {
    QUOTES.iter().any(|quote| ident == quote)
}

fn has_cfg(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("cfg"))
}

/// Whether code is only compiled for tests.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let condition = attribute
            .path()
            .is_ident("cfg")
            .then(|| attribute.parse_args::<Ident>());
        matches!(condition, Some(Ok(name)) if name == "test" || name == "doctest")
    })
}

fn item_attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(it) => &it.attrs,
        syn::Item::Enum(it) => &it.attrs,
        syn::Item::ExternCrate(it) => &it.attrs,
        syn::Item::Fn(it) => &it.attrs,
        syn::Item::Impl(it) => &it.attrs,
        syn::Item::Macro(it) => &it.attrs,
        syn::Item::Mod(it) => &it.attrs,
        syn::Item::Static(it) => &it.attrs,
        syn::Item::Struct(it) => &it.attrs,
        syn::Item::Trait(it) => &it.attrs,
        syn::Item::Type(it) => &it.attrs,
        syn::Item::Union(it) => &it.attrs,
        syn::Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

impl<'ast> Visit<'ast> for Contents {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = item_attributes(item);
        if is_test(attributes) {
            return;
        }
        let ident = match item {
            syn::Item::Enum(it) => Some(&it.ident),
            syn::Item::Struct(it) => Some(&it.ident),
            syn::Item::Trait(it) => Some(&it.ident),
            syn::Item::Type(it) => Some(&it.ident),
            syn::Item::Union(it) => Some(&it.ident),
            _ => None,
        };
        if let Some(ident) = ident {
            self.types.push(TypeName {
                name: ident.to_string(),
                line: ident.span().start().line,
                has_cfg: self.inline_cfgs > 0 || has_cfg(attributes),
            });
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast syn::ImplItem) {
        let attributes = match item {
            syn::ImplItem::Fn(it) => &it.attrs[..],
            syn::ImplItem::Const(it) => &it.attrs,
            _ => &[],
        };
        if !is_test(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        if item.content.is_none() {
            if !item.attrs.iter().any(|it| it.path().is_ident("path")) {
                self.children.push(name);
            }
            return;
        }
        let cfgs = usize::from(has_cfg(&item.attrs));
        self.inline.push(name);
        self.inline_cfgs += cfgs;
        visit::visit_item_mod(self, item);
        self.inline_cfgs -= cfgs;
        self.inline.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let public = !matches!(item.vis, syn::Visibility::Inherited);
        self.use_tree(&item.tree, &[], public);
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        let exported = item
            .attrs
            .iter()
            .any(|it| it.path().is_ident("macro_export"));
        if let Some(name) = item.ident.as_ref().filter(|_| exported) {
            self.exported_macros.push(name.to_string());
        }
        visit::visit_item_macro(self, item);
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.depth += 1;
        visit::visit_block(self, block);
        self.depth -= 1;
    }

    /// `pub(super)` and `pub(in crate::a)` import nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path.segments.first().filter(|it| is_keyword(&it.ident));
        if let Some(first) =
            first.filter(|_| path.segments.len() > 1 && path.leading_colon.is_none())
        {
            let names: Segments = path
                .segments
                .iter()
                .map(|it| it.ident.to_string())
                .collect();
            self.import(&names, first.ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.visit_path(&mac.path);
        let quotes = mac
            .path
            .segments
            .last()
            .is_some_and(|it| is_quote(&it.ident));
        if !quotes {
            self.tokens(mac.tokens.clone());
        }
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(list.tokens.clone());
    }
}

/// Parses a crate of the given files, whose root is `lib.rs`.
fn sample(folder: &str, files: &[(&str, &str)]) -> Crate {
    let texts = files
        .iter()
        .map(|&(file, text)| (file.to_owned(), text.to_owned()));
    Crate::parse(folder, "lib.rs", &texts.collect())
}

/// What is reported of the order of a sample's modules, as `FILE:LINE` and the import.
fn reported(files: &[(&str, &str)]) -> Vec<String> {
    let violations = sample("s", files).order_violations();
    let shorten = |it: &Violation| {
        let import = it.message.split('`').nth(1).unwrap_or_default();
        format!("{}:{} {import}", it.file, it.line)
    };
    violations.iter().map(shorten).collect()
}

fn reported_names(crates: &[Crate], mirrors: &[&str]) -> Vec<String> {
    let mirrors = mirrors.iter().map(|&it| it.to_owned()).collect();
    let violations = name_violations(crates, &mirrors);
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn imports_of_earlier_modules_are_accepted() {
    let good = [
        (
            "lib.rs",
            "mod a; mod macros; mod b; pub use b::Shown; fn run(x: &b::Shown) { crate::b::Shown; a::x!() }",
        ),
        (
            "a.rs",
            "use std::fmt; pub struct Item; pub fn f() { self::g() } fn g() { super::a::f() }",
        ),
        (
            "macros.rs",
            "#[macro_export] macro_rules! m { () => { $crate::b::Shown } }",
        ),
        (
            "b/mod.rs",
            "mod first; mod second; use crate::a::Item; pub use first::First; pub(crate) use self::second::S as T; \
             fn f() { second::g(First) }",
        ),
        (
            "b/first.rs",
            "pub(super) struct First; pub(in crate::b) fn f() { crate::m!() }",
        ),
        (
            "b/second.rs",
            "use super::First; use super::first; use crate::b::first::f; use crate::{a::{self, Item}, b}; \
             #[cfg(test)] mod tests { use super::*; use crate::z; }",
        ),
    ];
    assert_eq!(reported(&good), ["s/b/second.rs:1 crate::b"]);
}

#[test]
fn circle_is_reported() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::a::A;"),
    ];
    let violations = sample("s", &files).order_violations();
    let [violation] = &violations[..] else {
        panic!("{violations:?}");
    };
    assert_eq!((&*violation.file, violation.line), ("s/a.rs", 1));
    assert!(violation.message.contains("`b` imports `a`, too"));
}

#[test]
fn import_of_later_module_is_reported() {
    let files = [
        ("lib.rs", "mod a; mod b;\nmod c;"),
        ("a.rs", ""),
        ("b/mod.rs", "mod one; mod two;"),
        ("b/one.rs", "\nuse super::two::Two;\nuse crate::{a, c};"),
        ("b/two.rs", "fn f() {\n    use crate::c::{x as y, z::*};\n}"),
        ("c.rs", ""),
    ];
    let expected = [
        "s/b/one.rs:2 crate::b::two::Two",
        "s/b/one.rs:3 crate::c",
        "s/b/two.rs:2 crate::c::x",
        "s/b/two.rs:2 crate::c::z::*",
    ];
    assert_eq!(reported(&files), expected);
}

#[test]
fn inline_path_to_later_module_is_reported() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "fn f(x: crate::b::Type)\n{ super::b::f(); }\nimpl crate::b::Trait<u8> for X {}\n\
             fn g() { println!(\"{}\",\n super::b::NAME, x: crate::b::{self, One}) }\n\
             macro_rules! m { () => { crate::b::m() } }\n#[arg(value = crate::b::DEFAULT)] struct X;\n\
             fn h() { quote! { crate::b::Generated } }\nmod inline { fn f() { super::super::b::deep() } }",
        ),
        ("b.rs", ""),
    ];
    let expected = [
        "s/a.rs:1 crate::b::Type",
        "s/a.rs:2 crate::b::f",
        "s/a.rs:3 crate::b::Trait",
        "s/a.rs:5 crate::b::NAME",
        "s/a.rs:5 crate::b",
        "s/a.rs:5 crate::b::One",
        "s/a.rs:6 crate::b::m",
        "s/a.rs:7 crate::b::DEFAULT",
        "s/a.rs:9 crate::b::deep",
    ];
    assert_eq!(reported(&files), expected);
}

#[test]
fn import_from_ancestor_is_reported() {
    let files = [
        (
            "lib.rs",
            "mod a;\nstruct Root; pub use a::child::Child; use a::child::Private;",
        ),
        (
            "a/mod.rs",
            "mod child; struct Common; pub(crate) use crate::Root; use std::fmt;",
        ),
        (
            "a/child.rs",
            "use crate::Root;\nuse super::Common;\nuse super::*;\nfn f() { super::Root; super::fmt }\n\
             use crate::Child;\nuse crate::Private;\nuse crate::a;",
        ),
    ];
    let expected = [
        "s/a/mod.rs:1 crate::Root",
        "s/a/child.rs:1 crate::Root",
        "s/a/child.rs:2 crate::a::Common",
        "s/a/child.rs:3 crate::a::*",
        "s/a/child.rs:4 crate::a::Root",
        "s/a/child.rs:4 crate::a::fmt",
        "s/a/child.rs:6 crate::Private",
        "s/a/child.rs:7 crate::a",
    ];
    assert_eq!(reported(&files), expected);
}

#[test]
fn reexport_of_later_sibling_is_reported() {
    let files = [
        ("lib.rs", "mod a; mod b; pub use b::B as Facade;"),
        ("a.rs", "use crate::Facade;"),
        ("b.rs", "use crate::Facade;"),
    ];
    assert_eq!(reported(&files), ["s/a.rs:1 crate::Facade"]);
}

#[test]
fn duplicate_type_names_are_reported() {
    let first = [(
        "lib.rs",
        "struct One; fn f() {\n    struct Inner;\n}\ntype Alias = u8; struct Told;",
    )];
    let second = [
        ("lib.rs", "mod a; pub enum One {}"),
        (
            "a.rs",
            "trait Inner { type Alias; fn f() { enum Alias {} } }",
        ),
    ];
    let crates = [sample("runtime", &first), sample("codegen", &second)];
    let expected = [
        "runtime/lib.rs:4: type `Alias` is defined here and at codegen/a.rs:1: rename all but one",
        "runtime/lib.rs:2: type `Inner` is defined here and at codegen/a.rs:1: rename all but one",
        "runtime/lib.rs:1: type `One` is defined here and at codegen/lib.rs:1: rename all but one",
        "runtime/lib.rs:4: type `Told` is named with a participle: name what it is",
    ];
    assert_eq!(reported_names(&crates, &[]), expected);
}

#[test]
fn allowed_repetitions_of_type_names_are_accepted() {
    let first = [(
        "lib.rs",
        "struct Mirror; struct Args; #[cfg(unix)] struct Os; #[cfg(not(unix))] mod os { struct Os; } \
         impl T for Mirror { type Error = u8; } #[cfg(test)] mod tests { struct Mirror; }",
    )];
    let second = [(
        "lib.rs",
        "enum Mirror {} struct Args; impl T for Mirror { type Error = u8; }",
    )];
    let crates = [sample("runtime", &first), sample("codegen", &second)];
    assert_eq!(reported_names(&crates, &["Mirror"]), [""; 0]);
}

#[test]
fn mirror_that_is_not_one_is_reported() {
    let first = [("lib.rs", "struct Mirror; struct Single;")];
    let second = [("lib.rs", "struct Mirror;")];
    let crates = [sample("runtime", &first), sample("cli", &second)];
    let reported = reported_names(&crates, &["Mirror", "Single"]);
    assert_eq!(reported.len(), 2, "{reported:#?}");
    assert!(reported[0].starts_with("runtime/lib.rs:1: type `Mirror`"));
    assert!(reported[1].starts_with("ARCHITECTURE.md:0: `Single` is listed"));
}

#[test]
fn mirrors_are_read_from_their_section_alone() {
    let text = format!(
        "- `Before`: no\n{MIRRORS_HEADING}\n\ntext `x`\n\n- `One`: a\n- `Two`: b\n\n## Next\n- `After`: no\n"
    );
    assert_eq!(Vec::from_iter(mirrors(&text)), ["One", "Two"]);
}
