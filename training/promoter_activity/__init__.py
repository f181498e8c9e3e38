"""Training of the promoter-activity network: measured fragments -> weights, results, figures."""
