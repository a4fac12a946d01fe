namespace Reasoner.Decisions;

/// <summary>
/// The codes of diagnostics about domains. A code never changes its meaning and is never used again for another.
/// 00xx: protected attributes; 01xx: files that cannot be used; 02xx: the rule catalogue; 03xx: the manifest and the model;
/// 04xx: rule test cases.
/// </summary>
public static class DomainDiagnosticCodes
{
    /// <summary>A rule reads a protected attribute.</summary>
    public const string RuleReadsProtected = "RSN0001";

    /// <summary>A rule reads a fact that was derived from a protected attribute.</summary>
    public const string RuleReadsDerivedFromProtected = "RSN0002";

    /// <summary>A feature of the model reads a protected attribute.</summary>
    public const string FeatureReadsProtected = "RSN0003";

    /// <summary>A feature of the model reads a fact that was derived from a protected attribute.</summary>
    public const string FeatureReadsDerivedFromProtected = "RSN0004";

    /// <summary>The manifest lets a protected attribute change on the way to another answer.</summary>
    public const string ChangeOfProtected = "RSN0005";

    /// <summary>The manifest cannot be used.</summary>
    public const string UnusableManifest = "RSN0101";

    /// <summary>A file that the manifest names cannot be used.</summary>
    public const string UnusableFile = "RSN0102";

    /// <summary>The model is missing, damaged, or not the one of its card.</summary>
    public const string UnusableModel = "RSN0103";

    /// <summary>A rule's catalogue entry lacks something.</summary>
    public const string IncompleteCatalogueEntry = "RSN0201";

    /// <summary>Two rules have one reason code.</summary>
    public const string DuplicateReasonCode = "RSN0202";

    /// <summary>The manifest names a term that the ontology does not declare.</summary>
    public const string UndeclaredTerm = "RSN0301";

    /// <summary>The model was trained on other features or answers than the manifest has.</summary>
    public const string ModelDisagrees = "RSN0302";

    /// <summary>The sample case cannot be decided.</summary>
    public const string SampleNotDecided = "RSN0303";

    /// <summary>The manifest lets a property change in a way that has no meaning.</summary>
    public const string UnusableChange = "RSN0304";

    /// <summary>A file of the rule test cases belongs to no case, or a case has nothing to test.</summary>
    public const string IncompleteTestCase = "RSN0401";

    /// <summary>A file of a rule test case is malformed.</summary>
    public const string MalformedTestCase = "RSN0402";

    /// <summary>The domain has no rule test cases.</summary>
    public const string NoTestCases = "RSN0403";
}
