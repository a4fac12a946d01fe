namespace Reasoner.Storage.Tests;

/// <summary>A test that needs PostgreSQL's binaries.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Binaries is null) Skip = "PostgreSQL is not on this machine; install it, on Debian as postgresql-15, to test with it.";
    }
}
