using System.Text.Json;

namespace Reasoner.Benchmarks;

/// <summary>A loan application as a program holds it: numbers and a truth value.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Numbers">The values of <see cref="NumberFields"/>, in their order.</param>
/// <param name="IsSelfEmployed">The value of selfEmployed.</param>
internal sealed record LoanCase(string Id, long[] Numbers, bool IsSelfEmployed)
{
    public static IReadOnlyList<string> NumberFields { get; } =
    [
        "creditScore", "annualIncome", "monthlyDebt", "loanAmount", "propertyValue", "employmentMonths", "bankruptcies",
        "yearsSinceBankruptcy", "latePayments", "age", "savings",
    ];

    public static IReadOnlyList<LoanCase> ReadAll(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.EnumerateArray().Select(item => new LoanCase(
            item.GetProperty("id").GetString()!,
            [.. NumberFields.Select(field => item.GetProperty(field).GetInt64())],
            item.GetProperty("selfEmployed").GetBoolean()))];
    }
}

/// <summary>What the rules say of an application.</summary>
internal sealed record LoanDecision(string Outcome, string Tier, string Affordability, string Risk, IReadOnlyList<string> Reasons)
{
    /// <summary>The line of the reference's table.</summary>
    public string ToLine(string id) => string.Join('\t', id, Outcome, Tier, Affordability, Risk, string.Join(',', Reasons.Order(StringComparer.Ordinal)));
}
