//! Looks codes up in every way, and prints the nanoseconds that each takes: the question, the way, and each of
//! the rounds, in which every way has its turn.

mod by_match;
mod by_phf;
mod by_strum;
mod codes;
mod errors;

use std::collections::HashMap;
use std::env;
use std::hint::black_box;
use std::time::Instant;

/// A way to find the index of the error with a code.
type Find<'a> = &'a dyn Fn(&str) -> Option<usize>;

/// As many questions as come in one turn.
const QUESTIONS: usize = 4096;

/// More than any cache holds of a core.
const CACHE: usize = 64 << 20;

fn main() {
    let rounds = env::args().nth(1).map_or(1, |rounds| rounds.parse().unwrap());
    let index = codes::KNOWN.iter().copied().zip(0..);
    let map: HashMap<&str, usize> = index.collect();
    let ways: [(&str, Find); 5] = [
        ("errbook", &|code| {
            errors::api::Code::from_wire(code, 400).map(|code| code as usize)
        }),
        ("match", &|code| by_match::Code::from_key(code).map(|code| code as usize)),
        ("phf", &|code| by_phf::BY_KEY.get(code).map(|code| *code as usize)),
        ("strum with phf", &|code| {
            code.parse::<by_strum::Code>().ok().map(|code| code as usize)
        }),
        ("HashMap", &|code| map.get(code).copied()),
    ];
    // A size that some compile too slowly for has fewer of them.
    let ways: Vec<(&str, Find)> = ways
        .into_iter()
        .filter(|(name, _)| !codes::LEFT_OUT.contains(name))
        .collect();
    for (name, find) in &ways {
        for (index, code) in codes::KNOWN.iter().enumerate() {
            assert_eq!(find(code), Some(index), "{name}");
        }
        for code in codes::UNKNOWN {
            assert_eq!(find(code), None, "{name}");
        }
    }
    let mut random = Random(codes::KNOWN.len() as u64);
    let known = random.questions(codes::KNOWN);
    let unknown = random.questions(codes::UNKNOWN);
    print("known", &ways, rounds, |find| turn(find, &known));
    print("unknown", &ways, rounds, |find| turn(find, &unknown));
    let mut other = vec![0_u8; CACHE];
    let mut few = known.chunks(COLD).cycle();
    print("known, cold", &ways, rounds, |find| {
        for line in other.chunks_mut(64) {
            line[0] = black_box(line[0].wrapping_add(1));
        }
        turn(find, few.next().unwrap())
    });
}

/// So many questions after the caches were emptied: not so many that the last ones find them filled.
const COLD: usize = 4;

fn print(question: &str, ways: &[(&str, Find)], rounds: usize, mut turn: impl FnMut(Find) -> f64) {
    let mut turns = vec![Vec::new(); ways.len()];
    for _ in 0..rounds {
        for ((_, find), turns) in ways.iter().zip(&mut turns) {
            turns.push(turn(find));
        }
    }
    for ((name, _), turns) in ways.iter().zip(&mut turns) {
        let all: Vec<String> = turns.iter().map(|turn| format!("{turn:.2}")).collect();
        println!("{question}\t{name}\t{}", all.join(" "));
    }
}

/// The nanoseconds for a question.
fn turn(find: Find, questions: &[String]) -> f64 {
    let start = Instant::now();
    for question in questions {
        black_box(find(black_box(question)));
    }
    start.elapsed().as_secs_f64() * 1e9 / questions.len() as f64
}

/// Pseudo-random numbers by `SplitMix64`.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % bound as u64) as usize
    }

    /// Each a text of its own, as what came over the wire is.
    fn questions(&mut self, codes: &[&str]) -> Vec<String> {
        (0..QUESTIONS).map(|_| codes[self.below(codes.len())].to_owned()).collect()
    }
}
