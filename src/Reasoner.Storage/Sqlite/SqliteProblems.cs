using Microsoft.Data.Sqlite;

namespace Reasoner.Storage;

/// <summary>What SQLite's errors mean to an operator.</summary>
internal static class SqliteProblems
{
    public static StorageException Of(SqliteException cause, string path) => cause.SqliteErrorCode switch
    {
        5 or 6 => new(StorageProblem.Busy, $"{path} is held by another program; end that one, or try again.", cause),
        13 => new(StorageProblem.Full, $"The disk that {path} is on is full; make room.", cause),
        3 or 8 or 23 => new(StorageProblem.ReadOnly, $"{path} cannot be written to; let the user that runs reasoner write to the file and its folder.", cause),
        11 or 26 => new(StorageProblem.Corrupt, $"{path} is damaged, or no SQLite database; restore it from a back-up, or name another file.", cause),
        14 => new(StorageProblem.Address, $"{path} cannot be opened; check that its folder is there and that the user that runs reasoner may use it.", cause),
        10 => new(StorageProblem.Unreachable, $"The disk that {path} is on fails or is full; look at the system's log.", cause),
        var code => new(StorageProblem.Refused, $"SQLite refuses a request to {path} with error {code}.", cause),
    };
}
