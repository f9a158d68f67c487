//! A set of hosts, as bits: adding a whole image's hosts must be cheap where there are thousands.

/// A set of hosts by their numbers.
#[derive(Debug, Default, Clone)]
pub struct HostSet(Vec<u64>);

impl HostSet {
    /// Adds hosts.
    pub fn extend(&mut self, hosts: &[i64]) {
        for host in hosts {
            let number = usize::try_from(*host).unwrap_or_default();
            let (word, bit) = (number / 64, number % 64);
            if word >= self.0.len() {
                self.0.resize(word + 1, 0);
            }
            if let Some(word) = self.0.get_mut(word) {
                *word |= 1 << bit;
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::HostSet;

    #[test]
    fn a_host_counts_once() {
        let mut hosts = HostSet::default();
        hosts.extend(&[1, 64, 1, 10_000]);
        hosts.extend(&[64]);
        assert_eq!(hosts.len(), 3);
    }
}
