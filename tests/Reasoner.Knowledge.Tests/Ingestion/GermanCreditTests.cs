using System.Text;

namespace Reasoner.Knowledge.Tests.Ingestion;

/// <summary>A public table of 21 columns, read whole; skipped where the data folder is not beside the repository.</summary>
public class GermanCreditTests
{
    [GermanCreditFact]
    public void Every_row_says_every_column()
    {
        var header = File.ReadLines(GermanCreditFactAttribute.Table!).First().Split(',');
        var schema = TableSchema.Load(Encoding.UTF8.GetBytes(Metadata(header)), "german_train.csv-metadata.json");
        Assert.True(schema.Matches(header));
        var graph = new KnowledgeGraph();
        var rows = 0;
        foreach (var row in TableReader.Read(GermanCreditFactAttribute.Table!, schema, "german_train.csv"))
        {
            Assert.Empty(row.Errors);
            row.LoadInto(graph);
            rows++;
        }

        Assert.Equal(800, rows);
        Assert.Equal(800 * 21, graph.Count);
    }

    private static string Metadata(string[] header)
    {
        string[] numbers = ["duration_months", "credit_amount", "installment_rate_percent", "residence_since", "age_years", "existing_credits", "dependents"];
        var columns = header.Select(name => numbers.Contains(name)
            ? $$"""{ "name": "{{name}}", "datatype": { "base": "integer", "minimum": 0 }, "propertyUrl": "http://credit/{{name}}" }"""
            : $$"""{ "name": "{{name}}", "required": true, "propertyUrl": "http://credit/{{name}}", "valueUrl": "http://credit/code/{+{{name}}}" }""");
        return $$"""{ "@context": "http://www.w3.org/ns/csvw", "url": "german_train.csv", "tableSchema": { "aboutUrl": "http://credit/case/{_row}", "columns": [ {{string.Join(", ", columns)}} ] } }""";
    }
}

/// <summary>A fact that needs the folder shared/data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GermanCreditFactAttribute : FactAttribute
{
    public GermanCreditFactAttribute()
    {
        if (Table is null) Skip = "The folder shared/data with the public tables is not beside this repository.";
    }

    public static string? Table { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "credit", "german_train.csv");
            if (File.Exists(candidate)) return candidate;
        }

        return null;
    }
}
