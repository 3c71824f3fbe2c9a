//! How often each way to read or to write a body allocates: numbers, for `bodies` to print.

use errbook_benches::tables;

fn main() {
    let tables = tables();
    for (_, ways) in tables.iter().flat_map(|table| &table.rows) {
        for way in ways {
            println!("{}", allocation_counter::measure(|| way(1)).count_total);
        }
    }
}
