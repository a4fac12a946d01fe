using System.Data.Common;

namespace Reasoner.Storage;

/// <summary>Entries as rows, which both databases have in the same columns.</summary>
internal static class EntryRows
{
    public const string Columns = "sequence, time_us, kind, id, domain, idempotency_key, fingerprint, record, digest, previous, hash";

    public static LogEntry Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetString(6),
        row.GetFieldValue<byte[]>(7),
        row.GetFieldValue<byte[]>(8),
        row.GetFieldValue<byte[]>(9),
        row.GetFieldValue<byte[]>(10));

    public static LogHead ReadHead(DbDataReader row) => new(row.GetInt64(0), row.GetFieldValue<byte[]>(1));
}
