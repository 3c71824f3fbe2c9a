//! Asks every way the same questions, and prints the nanoseconds that each takes: the question, the way, and each
//! of the rounds, in which every way has its turn.

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

/// What answers the question with a number.
type Answer<'a> = Box<dyn Fn(usize) -> usize + 'a>;

/// As many questions as come in one turn.
const QUESTIONS: usize = 4096;

/// So many questions after the caches were emptied: not so many that the last ones find them filled.
const COLD: usize = 4;

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
    let is_there = |name: &str| !codes::LEFT_OUT.contains(&name);
    let ways: Vec<(&str, Find)> = ways.into_iter().filter(|(name, _)| is_there(name)).collect();
    for (name, find) in &ways {
        for (index, code) in codes::KNOWN.iter().enumerate() {
            assert_eq!(find(code), Some(index), "{name}");
        }
        for code in codes::UNKNOWN {
            assert_eq!(find(code), None, "{name}");
        }
    }
    let mut random = Random(codes::KNOWN.len() as u64);
    // Each a text of its own, as what came over the wire is.
    let order: Vec<usize> = (0..QUESTIONS).map(|_| random.below(codes::KNOWN.len())).collect();
    let known: Vec<String> = order.iter().map(|index| codes::KNOWN[*index].to_owned()).collect();
    let unknown: Vec<String> = (0..QUESTIONS)
        .map(|_| codes::UNKNOWN[random.below(codes::UNKNOWN.len())].to_owned())
        .collect();
    let asked = |questions: &'static [String]| -> Vec<(&str, Answer)> {
        let asked = ways.iter().map(|(name, find)| {
            let answer = move |question: usize| find(black_box(&questions[question])).map_or(0, |it| it + 1);
            (*name, Box::new(answer) as Answer)
        });
        asked.collect()
    };
    let (known, unknown) = (known.leak(), unknown.leak());
    print("known", &asked(known), rounds, || 0..QUESTIONS);
    print("unknown", &asked(unknown), rounds, || 0..QUESTIONS);
    let mut other = vec![0_u8; CACHE];
    let mut next = 0;
    print("known, cold", &asked(known), rounds, || {
        for line in other.chunks_mut(64) {
            line[0] = black_box(line[0].wrapping_add(1));
        }
        next = (next + COLD) % QUESTIONS;
        next..next + COLD
    });
    if is_there("match") {
        accessors(&order, rounds);
    }
}

/// What is known of an error whose code was found.
fn accessors(order: &[usize], rounds: usize) {
    let codes: Vec<errors::api::Code> = order.iter().map(|index| errors::api::Code::ALL[*index]).collect();
    let by_match: Vec<by_match::Code> = order
        .iter()
        .map(|index| by_match::Code::from_key(codes::KNOWN[*index]).unwrap())
        .collect();
    let status: [(&str, Answer); 2] = [
        ("errbook", Box::new(|at| usize::from(black_box(codes[at]).status().unwrap_or(0)))),
        ("match", Box::new(|at| usize::from(black_box(by_match[at]).status()))),
    ];
    print("its status", &status, rounds, || 0..QUESTIONS);
    let description: [(&str, Answer); 2] = [
        ("errbook", Box::new(|at| black_box(black_box(codes[at]).description()).map_or(0, str::len))),
        ("match", Box::new(|at| black_box(black_box(by_match[at]).description()).len())),
    ];
    print("its description", &description, rounds, || 0..QUESTIONS);
}

/// Gives every way its turn in each round, with questions that `prepare` chooses.
fn print(
    question: &str,
    ways: &[(&str, Answer)],
    rounds: usize,
    mut prepare: impl FnMut() -> std::ops::Range<usize>,
) {
    let mut turns = vec![Vec::new(); ways.len()];
    for _ in 0..rounds {
        for ((_, answer), turns) in ways.iter().zip(&mut turns) {
            let questions = prepare();
            let number = questions.len();
            let start = Instant::now();
            for question in questions {
                black_box(answer(question));
            }
            turns.push(start.elapsed().as_secs_f64() * 1e9 / number as f64);
        }
    }
    for ((name, _), turns) in ways.iter().zip(&mut turns) {
        let all: Vec<String> = turns.iter().map(|turn| format!("{turn:.2}")).collect();
        println!("{question}\t{name}\t{}", all.join(" "));
    }
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
}
