//! How large the errors are in a program, and how much longer it takes to start for them.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench size
//! ```
//!
//! That is of 26, 256 and 2048 errors; `-- 2048` behind it, of so many.
//!
//! Programs that find an error by its code and print what is known of it, with the errors as errbook
//! generates them, as an enum with derives, as an enum with a `match` for each thing, and as that with a map
//! of phf to find codes in. What a program is larger by than one with a single error, less the texts
//! themselves, is told for each error; so are the relocations that the system works through when it
//! loads the program, and the time from its start to its end where it is asked for nothing.
//!
//! Programs are read as ELF. Nothing here asserts a size or a time.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use errbook_benches::catalogs::{Entry, errors};
use errbook_benches::hand_written::{DERIVES, Details, PHF, derives, matches, phf_map};
use errbook_benches::scratch::{
    self, Result, Scratch, Sources, Spread, Way, count, errbook_dependency, generated, is_measured,
    output, sizes,
};
use object::{Object, ObjectSection, SectionFlags, elf};

/// The numbers of errors that are measured when none is given.
const SIZES: [usize; 3] = [26, 256, 2048];

/// How often each program is started.
const ROUNDS: usize = 301;

/// The first is what the others are measured against.
const WAYS: [Way; 4] = [
    Way {
        name: "errbook",
        package: "size-errbook",
        sources: |errors| {
            let main = "mod errors;\n\nuse errors::api::Code;\n";
            let find = "Code::from_wire(&code, 400)";
            let mut sources = generated(errors)?;
            sources.insert(
                "main.rs".to_owned(),
                program(
                    main,
                    find,
                    "code.key(), code.description().unwrap_or_default(), code.action()",
                ),
            );
            Ok(sources)
        },
    },
    Way {
        name: "derives",
        package: "size-derives",
        sources: |errors| {
            let main = "mod code;\n\nuse code::Code;\nuse strum::EnumProperty;\n";
            let main = program(
                main,
                "code.parse::<Code>().ok()",
                "<&str>::from(code), code, code.get_str(\"action\")",
            );
            Ok(files(main, derives(errors, Details::None)))
        },
    },
    Way {
        name: "a `match` each",
        package: "size-matches",
        sources: |errors| {
            let main = "mod code;\n\nuse code::Code;\n";
            let main = program(
                main,
                "Code::from_key(&code)",
                "code.key(), code, code.action()",
            );
            Ok(files(main, matches(errors)))
        },
    },
    Way {
        name: "a `match` each, and phf",
        package: "size-phf",
        sources: |errors| {
            let main = "mod code;\n\nuse code::BY_KEY;\n";
            let find = "BY_KEY.get(&code).copied()";
            let main = program(main, find, "code.key(), code, code.action()");
            Ok(files(main, matches(errors) + &phf_map(errors)))
        },
    },
];

fn main() -> ExitCode {
    scratch::main(run)
}

fn run(arguments: &[String]) -> Result<()> {
    if !is_measured(arguments) {
        let errors = errors(SIZES[0]);
        for way in &WAYS {
            (way.sources)(&errors)?;
        }
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    let scratch = scratch()?;
    println!("{}\n", scratch.versions(&["strum", "phf"])?);
    println!(
        "| errors | | bytes of an error beyond its texts | relocations of an error \
         | start to end, ms: median (quartiles) | of errbook's (paired) |"
    );
    println!("|---:|---|---:|---:|---:|---:|");
    let alone = errors(1);
    let mut least = Vec::new();
    for way in &WAYS {
        least.push(build(&scratch, way, &alone)?);
    }
    for size in sizes(arguments, &SIZES)? {
        let errors = errors(size);
        let mut sizes = Vec::new();
        for way in &WAYS {
            sizes.push(build(&scratch, way, &errors)?);
        }
        let times = start(&scratch)?;
        for (index, way) in WAYS.iter().enumerate() {
            let more = |of: fn(&Size) -> f64| of(&sizes[index]) - of(&least[index]);
            let each = |number: f64| number / (count(errors.len()) - 1.0);
            let bytes = each(more(|size| size.bytes) - (texts(&errors) - texts(&alone)));
            let relocations = each(more(|size| size.relocations));
            let time = Spread::of(times[index].iter().copied());
            let ratio = Spread::of_ratios(&times[index], &times[0]);
            println!(
                "| {size} | {} | {bytes:.0} | {relocations:.1} | {time:.2} | {ratio:.2} |",
                way.name
            );
        }
    }
    Ok(())
}

fn scratch() -> Result<Scratch> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("size");
    let packages = [
        ("size-errbook", errbook_dependency(&[])),
        ("size-derives", DERIVES.to_owned()),
        ("size-matches", String::new()),
        ("size-phf", PHF.to_owned()),
    ];
    Scratch::new(folder, packages)
}

/// A program that prints what is known of the errors with the codes that it is given.
fn program(uses: &str, find: &str, shown: &str) -> String {
    format!(
        "#![allow(dead_code)]\n\n{uses}\nfn main() {{
    for code in std::env::args().skip(1) {{
        if let Some(code) = {find} {{
            println!(\"{{:?}} {{}} {{}} {{:?}}\", code.status(), {shown});
        }}
    }}
}}
"
    )
}

fn files(main: String, code: String) -> Sources {
    let files = [("main.rs", main), ("code.rs", code)];
    files.map(|(path, text)| (path.to_owned(), text)).into()
}

/// What a program has in memory that it was loaded into.
struct Size {
    bytes: f64,
    relocations: f64,
}

fn build(scratch: &Scratch, way: &Way, errors: &[Entry]) -> Result<Size> {
    scratch.write_sources(way.package, &(way.sources)(errors)?)?;
    scratch.cargo(&["build", "--release"], way.package)?;
    let program = fs::read(scratch.program(way.package))?;
    let program = object::File::parse(&*program)?;
    let loaded = |flags| matches!(flags, SectionFlags::Elf { sh_flags, .. } if sh_flags.contains(elf::SHF_ALLOC));
    let sections = program.sections();
    let bytes: u64 = sections
        .filter(|section| loaded(section.flags()))
        .map(|section| section.size())
        .sum();
    let relocations = program.dynamic_relocations().into_iter().flatten().count();
    Ok(Size {
        bytes: count(usize::try_from(bytes)?),
        relocations: count(relocations),
    })
}

/// The milliseconds of each program that is asked for nothing, one started after the other.
fn start(scratch: &Scratch) -> Result<Vec<Vec<f64>>> {
    let mut times = vec![Vec::new(); WAYS.len()];
    for _ in 0..ROUNDS {
        for (way, times) in WAYS.iter().zip(&mut times) {
            let command = Command::new(scratch.program(way.package));
            let start = Instant::now();
            output(command)?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    Ok(times)
}

/// The bytes of all that every program prints of errors.
fn texts(errors: &[Entry]) -> f64 {
    let of = |error: &Entry| {
        error.key.len() + error.description.len() + error.action.as_ref().map_or(0, String::len)
    };
    count(errors.iter().map(of).sum())
}
