using System.Net.Sockets;
using Npgsql;

namespace Reasoner.Storage;

/// <summary>What errors of PostgreSQL, and of the way to it, mean to an operator.</summary>
internal static class PostgresProblems
{
    /// <summary>The problem that an exception stands for; null where it is none of the database's.</summary>
    public static StorageException? Of(Exception cause, string shown) => cause switch
    {
        PostgresException refused => Of(refused, shown),
        NpgsqlException or SocketException or IOException or TimeoutException => new(
            StorageProblem.Unreachable, $"{shown} does not answer; check that it runs, that the address is right and that it can be reached from here.", cause),
        _ => null,
    };

    private static StorageException Of(PostgresException cause, string shown) => cause.SqlState switch
    {
        "53100" => new(StorageProblem.Full, $"The disk of {shown} is full; make room.", cause),
        "25006" => new(StorageProblem.ReadOnly, $"{shown} can only be read, as a standby can; connect to the primary server.", cause),
        "42501" => new(StorageProblem.ReadOnly, $"{shown} does not let this user do what is needed; grant it the right to make tables, or to read and add to those of reasoner.", cause),
        "3D000" => new(StorageProblem.Unreachable, $"{shown} does not exist; make the database first.", cause),
        "28P01" or "28000" => new(StorageProblem.Unreachable, $"{shown} refuses the user or the password.", cause),
        "55P03" or "57014" or "40001" or "40P01" => new(StorageProblem.Busy, $"{shown} is held by others for too long; look for sessions that wait.", cause),
        "XX001" or "XX002" => new(StorageProblem.Corrupt, $"{shown} reports damaged data; restore it from a back-up.", cause),
        // Connections that end or cannot be had, a server that stops or starts, disks that fail.
        ['0', '8', ..] or ['5', '3', ..] or ['5', '7', ..] or ['5', '8', ..] => new(
            StorageProblem.Unreachable, $"{shown} does not serve at the moment (SQLSTATE {cause.SqlState}); look at its log.", cause),
        var code => new(StorageProblem.Refused, $"{shown} refuses a request (SQLSTATE {code}); look at its log.", cause),
    };
}
