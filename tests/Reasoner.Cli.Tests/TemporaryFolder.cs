namespace Reasoner.Cli.Tests;

/// <summary>A folder for the files of one test, gone afterwards.</summary>
public abstract class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reasoner-cli-");

    /// <summary>Rules, data and facts about a family, as most tests use them.</summary>
    protected const string FamilyRules =
        """
        PREFIX : <http://example.org/>
        RULE :parent-is-ancestor { ?x :ancestor ?y } WHERE { ?x :parent ?y }
        RULE :ancestors-chain { ?x :ancestor ?z } WHERE { ?x :ancestor ?y . ?y :parent ?z }
        RULE :adult { ?x a :Adult } WHERE { ?x :age ?age FILTER(?age >= 18) NOT { ?x a :Ward } }

        """;

    protected const string FamilyData =
        """
        @prefix : <http://example.org/> .
        :a :parent :b .
        :b :parent :c .
        :c :parent :d .
        :a :age 40 .
        :c :age 7 .
        :d :age 50 ; a :Ward .

        """;

    protected string PathOf(string name) => Path.Combine(_folder.FullName, name);

    protected string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    protected string Read(string name) => File.ReadAllText(PathOf(name));

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
