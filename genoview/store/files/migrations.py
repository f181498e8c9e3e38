"""Ordered changes of the databases' tables; one that was released is never edited."""

import duckdb


def m001_predictions(connection: duckdb.DuckDBPyConnection) -> None:
    """One row a Parquet file; times are UTC."""
    connection.execute(
        """
        CREATE TABLE predictions (
            digest VARCHAR PRIMARY KEY,
            backend VARCHAR NOT NULL,
            version VARCHAR NOT NULL,
            bytes BIGINT NOT NULL,
            created TIMESTAMP NOT NULL,
            last_used TIMESTAMP NOT NULL,
            hits BIGINT NOT NULL
        )
        """
    )


def m001_history(connection: duckdb.DuckDBPyConnection) -> None:
    """One row a distinct query; times are UTC."""
    connection.execute(
        """
        CREATE TABLE history (
            entry_id VARCHAR PRIMARY KEY,
            query VARCHAR NOT NULL,
            normalised VARCHAR NOT NULL,
            assembly VARCHAR NOT NULL,
            kind VARCHAR NOT NULL,
            url VARCHAR NOT NULL,
            seconds DOUBLE NOT NULL,
            used TIMESTAMP NOT NULL,
            times BIGINT NOT NULL
        )
        """
    )


def m002_saved_loci(connection: duckdb.DuckDBPyConnection) -> None:
    """One row a saved locus; tags, summary and models are JSON text; times are UTC."""
    connection.execute(
        """
        CREATE TABLE saved_loci (
            id VARCHAR PRIMARY KEY,
            short_id VARCHAR NOT NULL UNIQUE,
            name VARCHAR NOT NULL,
            note VARCHAR NOT NULL,
            tags VARCHAR NOT NULL,
            assembly VARCHAR NOT NULL,
            text VARCHAR NOT NULL,
            url VARCHAR NOT NULL,
            summary VARCHAR NOT NULL,
            models VARCHAR NOT NULL,
            created TIMESTAMP NOT NULL,
            updated TIMESTAMP NOT NULL,
            deleted TIMESTAMP
        )
        """
    )


def m003_predictions_of_variants(connection: duckdb.DuckDBPyConnection) -> None:
    """Gene and prediction of a variant, in history and saved loci; "" of what is older."""
    for table in ("history", "saved_loci"):
        for column in ("gene", "prediction"):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR DEFAULT ''")


def m001_substitutions(connection: duckdb.DuckDBPyConnection) -> None:
    """One row a base: effects of A, C, G and T in its place; times are UTC."""
    connection.execute(
        """
        CREATE TABLE substitutions (
            digest VARCHAR PRIMARY KEY,
            a FLOAT NOT NULL,
            c FLOAT NOT NULL,
            g FLOAT NOT NULL,
            t FLOAT NOT NULL,
            made TIMESTAMP NOT NULL
        )
        """
    )


def m001_scores(connection: duckdb.DuckDBPyConnection) -> None:
    """One row an answer of a model to a variant of a file; answers are JSON text."""
    connection.execute(
        """
        CREATE TABLE scores (
            digest VARCHAR PRIMARY KEY,
            answer VARCHAR NOT NULL,
            made TIMESTAMP NOT NULL
        )
        """
    )


INDEX = (m001_predictions,)
LIBRARY = (m001_history, m002_saved_loci, m003_predictions_of_variants)
SUBSTITUTIONS = (m001_substitutions,)
SCORES = (m001_scores,)
