//! The static tables; `errbook`'s `Catalog` says why they have the shape that they have.

use std::collections::HashMap;

use errbook::{Place, Role, Step};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::lookup;
use crate::emit::rust::{ident, length, option, option_text, retry};
use crate::layout::Layout;
use crate::model::{Catalog, Error, Field, Inferred, Template};

pub(super) fn emit(catalog: &Catalog) -> Vec<TokenStream> {
    let mut tables = Tables {
        catalog,
        items: Vec::new(),
        fields: Vec::new(),
    };
    tables.about();
    tables.envelope();
    tables.sections();
    tables.texts();
    tables.facts();
    tables.sparse();
    tables.lookups();
    tables.messages();
    let Tables {
        mut items, fields, ..
    } = tables;
    let catalog_static = quote! {
        #[rustfmt::skip]
        static CATALOG: ::errbook::Catalog = ::errbook::Catalog {
            #(#fields,)*
            ..::errbook::Catalog::EMPTY
        };
    };
    items.insert(0, catalog_static);
    let mut public = vec![statuses(catalog), rules(catalog)];
    public.extend(items);
    public
}

fn statuses(catalog: &Catalog) -> TokenStream {
    let rows = catalog.statuses.iter().map(|row| {
        let (status, name, meaning) = (row.status, option_text(row.name.as_ref()), option_text(row.meaning.as_ref()));
        let (retry, inferred) = (option(row.retry, retry), inferred(&row.inferred));
        quote! {
            ::errbook::StatusRow { status: #status, name: #name, meaning: #meaning, retry: #retry, inferred: #inferred }
        }
    });
    quote! {
        /// The documentation's table of HTTP statuses, in its order.
        #[rustfmt::skip]
        pub static STATUSES: &[::errbook::StatusRow] = &[#(#rows,)*];
    }
}

fn rules(catalog: &Catalog) -> TokenStream {
    let rows = catalog.rules.iter().map(|row| {
        let error = option(row.error, |index| {
            let name = ident(&catalog.errors[index].rust_name);
            quote!(Code::#name)
        });
        let (field, rule, message) = (&row.field, &row.rule, option_text(row.message.as_ref()));
        quote!(::errbook::Rule { error: #error, field: #field, rule: #rule, message: #message })
    });
    quote! {
        /// The documentation's table of field validation rules, in its order.
        #[rustfmt::skip]
        #[allow(deprecated)]
        pub static RULES: &[::errbook::Rule<Code>] = &[#(#rows,)*];
    }
}

fn inferred(inferred: &[Inferred]) -> TokenStream {
    let rows = inferred
        .iter()
        .map(|Inferred { key, reason }| quote!(::errbook::Inferred { key: #key, reason: #reason }));
    quote!(&[#(#rows),*])
}

/// The private statics and the fields of `CATALOG` that name them.
struct Tables<'a> {
    catalog: &'a Catalog,
    items: Vec<TokenStream>,
    fields: Vec<TokenStream>,
}

impl Tables<'_> {
    fn about(&mut self) {
        let api = &self.catalog.api;
        let (id, title) = (&api.id, &api.title);
        self.fields.push(quote!(id: #id));
        self.fields.push(quote!(title: #title));
        let optional = [
            ("summary", &api.summary),
            ("homepage", &api.homepage),
            ("version", &api.version),
            ("language", &api.language),
        ];
        for (field, text) in optional {
            if let Some(text) = text {
                let field = format_ident!("{field}");
                self.fields.push(quote!(#field: #text));
            }
        }
        let reasons = [
            ("inferred", &api.inferred),
            ("envelope_inferred", &self.catalog.envelope.inferred),
        ];
        for (field, reasons) in reasons {
            if !reasons.is_empty() {
                let (field, reasons) = (format_ident!("{field}"), inferred(reasons));
                self.fields.push(quote!(#field: #reasons));
            }
        }
    }

    fn envelope(&mut self) {
        let layout = Layout::new(&self.catalog.envelope);
        let places: Vec<TokenStream> = layout.places().into_iter().map(place).collect();
        let read: Vec<TokenStream> = layout
            .read()
            .into_iter()
            .map(|(what, at)| {
                let (what, at) = (role(what), number(u32::from(at)));
                quote!((#what, #at))
            })
            .collect();
        let format = ident(&format!("{:?}", layout.format()));
        self.items.push(quote! {
            #[rustfmt::skip]
            static ENVELOPE: ::errbook::Envelope<'static> = ::errbook::Envelope {
                places: &[#(#places),*],
                read: &[#(#read),*],
                format: ::errbook::Format::#format,
            };
        });
        self.fields.push(quote!(envelope: &ENVELOPE));
    }

    fn sections(&mut self) {
        let categories = &self.catalog.categories;
        let length = length(categories.len());
        let rows = categories.iter().map(|category| {
            let (id, title) = (&category.id, &category.title);
            quote!(::errbook::CategoryRow { id: #id, title: #title })
        });
        self.items.push(quote! {
            #[rustfmt::skip]
            static CATEGORY_ROWS: [::errbook::CategoryRow; #length] = [#(#rows,)*];
        });
        self.fields.push(quote!(categories: &CATEGORY_ROWS));
        self.fields.push(quote!(statuses: STATUSES));
    }

    fn texts(&mut self) {
        let url = |error: &Error| error.docs_url(&self.catalog.api);
        let urls: Vec<Option<String>> = self.catalog.errors.iter().map(url).collect();
        let own_code = |error: &Error| {
            let code = error.code.as_ref()?;
            (code.text != error.key).then(|| code.text.clone())
        };
        let codes: Vec<Option<String>> = self.catalog.errors.iter().map(own_code).collect();
        let errors = &self.catalog.errors;
        self.column(
            "keys",
            &errors
                .iter()
                .map(|error| Some(error.key.clone()))
                .collect::<Vec<_>>(),
        );
        self.column(
            "names",
            &errors
                .iter()
                .map(|error| Some(error.rust_name.clone()))
                .collect::<Vec<_>>(),
        );
        self.column("codes", &codes);
        self.column(
            "titles",
            &errors
                .iter()
                .map(|error| error.title.clone())
                .collect::<Vec<_>>(),
        );
        self.column(
            "messages",
            &errors
                .iter()
                .map(|error| Some(error.messages.first()?.text.clone()))
                .collect::<Vec<_>>(),
        );
        self.column(
            "descriptions",
            &errors
                .iter()
                .map(|error| error.description.clone())
                .collect::<Vec<_>>(),
        );
        self.column(
            "actions",
            &errors
                .iter()
                .map(|error| error.action.clone())
                .collect::<Vec<_>>(),
        );
        self.column("docs_urls", &urls);
    }

    /// A text for each error; no column at all where no error has one.
    fn column(&mut self, field: &str, texts: &[Option<String>]) {
        if texts.iter().any(Option::is_some) {
            let texts = texts.iter().map(|text| text.as_deref().unwrap_or_default());
            self.array(
                field,
                &quote!(&str),
                &texts.map(|text| quote!(#text)).collect::<Vec<_>>(),
            );
        }
    }

    /// A static array and the field of `CATALOG` that refers to it.
    fn array(&mut self, field: &str, ty: &TokenStream, values: &[TokenStream]) {
        let (name, field, length) = (
            static_name(field),
            format_ident!("{field}"),
            length(values.len()),
        );
        self.items.push(quote! {
            #[rustfmt::skip]
            static #name: [#ty; #length] = [#(#values,)*];
        });
        self.fields.push(quote!(#field: &#name));
    }

    /// What errors have in common is kept once, in the order of its first error.
    fn facts(&mut self) {
        let mut known: HashMap<String, u32> = HashMap::new();
        let (mut facts, mut facts_of) = (Vec::new(), Vec::new());
        for error in &self.catalog.errors {
            let tokens = facts_tokens(error);
            let next = index(facts.len());
            let of = *known.entry(tokens.to_string()).or_insert_with(|| {
                facts.push(tokens);
                next
            });
            facts_of.push(number(of));
        }
        if !facts.is_empty() {
            self.array("facts_of", &quote!(u32), &facts_of);
            self.array("facts", &quote!(::errbook::Facts), &facts);
        }
    }

    /// What few errors have.
    fn sparse(&mut self) {
        let errors = &self.catalog.errors;
        let more_messages = rows(errors, |error| {
            let more = error.messages.get(1..).filter(|more| !more.is_empty())?;
            let texts = more.iter().map(|message| &message.text);
            Some(quote!(&[#(#texts),*]))
        });
        let aliases = rows(errors, |error| {
            let texts = error.aliases.iter().map(|alias| &alias.text);
            (!error.aliases.is_empty()).then(|| quote!(&[#(#texts),*]))
        });
        let params = rows(errors, |error| {
            let params = error.params.iter().map(param);
            (!error.params.is_empty()).then(|| quote!(&[#(#params),*]))
        });
        let headers = rows(errors, |error| {
            let headers = error.headers.iter().map(|(name, description)| {
                quote!(::errbook::Header { name: #name, description: #description })
            });
            (!error.headers.is_empty()).then(|| quote!(&[#(#headers),*]))
        });
        let deprecated = rows(errors, |error| {
            let deprecated = error.deprecated.as_ref()?;
            let (since, note) = (
                option_text(deprecated.since.as_ref()),
                option_text(deprecated.note.as_ref()),
            );
            let replaced_by = option_text(deprecated.replaced_by.map(|index| &errors[index].key));
            Some(
                quote!(::errbook::Deprecated { since: #since, replaced_by: #replaced_by, note: #note }),
            )
        });
        let lists = [
            ("more_messages", quote!((u32, &[&str])), more_messages),
            ("aliases", quote!((u32, &[&str])), aliases),
            ("params", quote!((u32, &[::errbook::Param])), params),
            ("headers", quote!((u32, &[::errbook::Header])), headers),
            (
                "deprecated",
                quote!((u32, ::errbook::Deprecated)),
                deprecated,
            ),
        ];
        for (field, ty, rows) in lists {
            if !rows.is_empty() {
                self.array(field, &ty, &rows);
            }
        }
    }

    fn lookups(&mut self) {
        let errors = &self.catalog.errors;
        if errors.is_empty() {
            return;
        }
        let by_key: Vec<(&str, u32)> = errors
            .iter()
            .map(|error| error.key.as_str())
            .zip(0..)
            .collect();
        self.lookup("by_key", "key", &by_key);
        let (by_code, shared) = by_text(errors, |error| {
            let code = error.code.iter().map(|code| (code.text.clone(), false));
            let aliases = error.aliases.iter().map(|alias| (alias.text.clone(), true));
            code.chain(aliases).collect()
        });
        let by_code: Vec<(&str, u32)> = borrowed(&by_code);
        if by_code == by_key {
            self.fields.push(quote!(by_code: BY_KEY));
        } else if !by_code.is_empty() {
            self.lookup("by_code", "code", &by_code);
        }
        self.shared("shared_codes", &shared);
    }

    /// How errors without a code are told apart.
    fn messages(&mut self) {
        let errors = &self.catalog.errors;
        let (by_message, shared) = by_text(errors, |error| {
            let forms = error.messages.iter().filter(|_| error.code.is_none());
            let exact = forms.filter(|form| form.values().next().is_none());
            exact.map(|form| (form.to_string(), false)).collect()
        });
        if !by_message.is_empty() {
            self.lookup("by_message", "message", &borrowed(&by_message));
        }
        self.shared("shared_messages", &shared);
        let list = |is_in: &dyn Fn(&Error) -> bool| -> Vec<TokenStream> {
            let errors = errors.iter().enumerate();
            let errors = errors.filter(|(_, error)| error.code.is_none() && is_in(error));
            errors
                .map(|(position, _)| number(index(position)))
                .collect()
        };
        let has_values = |form: &Template| form.values().next().is_some();
        let lists = [
            ("without_code", list(&|_| true)),
            (
                "templated",
                list(&|error| error.messages.iter().any(has_values)),
            ),
        ];
        for (field, errors) in lists {
            if !errors.is_empty() {
                self.array(field, &quote!(u32), &errors);
            }
        }
    }

    fn shared(&mut self, field: &str, shared: &[(String, Vec<u32>)]) {
        if shared.is_empty() {
            return;
        }
        let rows = shared.iter().map(|(text, errors)| {
            let errors = errors.iter().copied().map(number);
            quote!(::errbook::Shared { text: #text, errors: &[#(#errors),*] })
        });
        self.array(field, &quote!(::errbook::Shared), &rows.collect::<Vec<_>>());
    }

    fn lookup(&mut self, field: &str, of: &str, texts: &[(&str, u32)]) {
        let lookup::Tables {
            seed,
            displacements,
            slots,
        } = lookup::build(texts);
        let arrays = [("displacements", displacements), ("slots", slots)].map(|(what, numbers)| {
            let (name, length) = (static_name(&format!("{of}_{what}")), length(numbers.len()));
            let numbers = numbers.into_iter().map(number);
            self.items.push(quote! {
                #[rustfmt::skip]
                static #name: [u32; #length] = [#(#numbers,)*];
            });
            name
        });
        let [displacements, slots] = arrays;
        let (name, field) = (static_name(field), format_ident!("{field}"));
        let seed = proc_macro2::Literal::u64_unsuffixed(seed);
        self.items.push(quote! {
            #[rustfmt::skip]
            const #name: ::errbook::Lookup =
                ::errbook::Lookup { seed: #seed, displacements: &#displacements, slots: &#slots };
        });
        self.fields.push(quote!(#field: #name));
    }
}

/// A text and a number.
type Numbered = (String, u32);

/// The texts of each error, and which errors share one: the value of a text that is shared is the
/// number of errors and its index among the shared ones. A text may be shared by one error alone, where
/// it is not what the error's table says.
fn by_text(
    errors: &[Error],
    texts: impl Fn(&Error) -> Vec<(String, bool)>,
) -> (Vec<Numbered>, Vec<(String, Vec<u32>)>) {
    let mut order: Vec<String> = Vec::new();
    let mut holders: HashMap<String, (Vec<u32>, bool)> = HashMap::new();
    for (position, error) in errors.iter().enumerate() {
        for (text, elsewhere) in texts(error) {
            let (list, shared) = holders.entry(text.clone()).or_insert_with(|| {
                order.push(text);
                (Vec::new(), false)
            });
            if list.last() != Some(&index(position)) {
                list.push(index(position));
            }
            *shared |= elsewhere || list.len() > 1;
        }
    }
    let mut shared = Vec::new();
    let by_text = order.into_iter().map(|text| {
        let (list, is_shared) = &holders[&text];
        if *is_shared {
            shared.push((text.clone(), list.clone()));
            (text, index(errors.len() + shared.len() - 1))
        } else {
            (text, list[0])
        }
    });
    (by_text.collect(), shared)
}

fn borrowed(by_text: &[Numbered]) -> Vec<(&str, u32)> {
    by_text
        .iter()
        .map(|(text, number)| (text.as_str(), *number))
        .collect()
}

fn place(place: Place<'_>) -> TokenStream {
    let Place {
        step,
        key,
        end,
        written,
        looked_at,
    } = place;
    let step = match step {
        Step::Member(name) => quote!(::errbook::Step::Member(#name)),
        Step::First => quote!(::errbook::Step::First),
        Step::Beside => quote!(::errbook::Step::Beside),
    };
    let (end, written) = (number(u32::from(end)), option(written, role));
    quote! {
        ::errbook::Place { step: #step, key: #key, end: #end, written: #written, looked_at: #looked_at }
    }
}

fn role(role: Role<'_>) -> TokenStream {
    if let Role::Constant(json) = role {
        return quote!(::errbook::Role::Constant(#json));
    }
    let name = ident(&format!("{role:?}"));
    quote!(::errbook::Role::#name)
}

fn param(param: &Field) -> TokenStream {
    let name = &param.name;
    let kind = ident(&format!("{:?}", errbook::ParamKind::from(&param.ty)));
    quote!(::errbook::Param { name: #name, kind: ::errbook::ParamKind::#kind })
}

fn facts_tokens(error: &Error) -> TokenStream {
    let mut fields = Vec::new();
    if let Some(category) = error.category {
        let category = number(index(category));
        fields.push(quote!(category: ::core::option::Option::Some(#category)));
    }
    if !error.statuses.is_empty() {
        let statuses = error
            .statuses
            .iter()
            .map(|status| number(u32::from(*status)));
        fields.push(quote!(statuses: &[#(#statuses),*]));
    }
    if error.event {
        fields.push(quote!(event: true));
    }
    match &error.code {
        None => fields.push(quote!(code: ::errbook::CodeKind::None)),
        Some(code) if code.number => fields.push(quote!(code: ::errbook::CodeKind::Number)),
        Some(_) => {}
    }
    if let Some(advice) = error.retry {
        let advice = retry(advice);
        fields.push(quote!(retry: ::core::option::Option::Some(#advice)));
    }
    if error.requires_details() {
        fields.push(quote!(requires_details: true));
    }
    for (field, text) in [("since", &error.since), ("retired", &error.retired)] {
        if let Some(text) = text {
            let field = format_ident!("{field}");
            fields.push(quote!(#field: ::core::option::Option::Some(#text)));
        }
    }
    if !error.inferred.is_empty() {
        let inferred = inferred(&error.inferred);
        fields.push(quote!(inferred: #inferred));
    }
    quote!(::errbook::Facts { #(#fields,)* ..::errbook::Facts::EMPTY })
}

/// `(index, value)` of the errors that have a value.
fn rows(errors: &[Error], value: impl Fn(&Error) -> Option<TokenStream>) -> Vec<TokenStream> {
    let row = |(position, error)| {
        let (position, value) = (number(index(position)), value(error)?);
        Some(quote!((#position, #value)))
    };
    errors.iter().enumerate().filter_map(row).collect()
}

fn static_name(field: &str) -> Ident {
    format_ident!("{}", field.to_uppercase())
}

fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a catalog's text has fewer than 2^32 bytes, let alone errors")
}

fn number(number: u32) -> TokenStream {
    let literal = proc_macro2::Literal::u32_unsuffixed(number);
    quote!(#literal)
}
