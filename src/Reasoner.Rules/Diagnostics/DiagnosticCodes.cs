namespace Reasoner.Rules;

/// <summary>
/// The codes of all diagnostics about rule sets. A code never changes its meaning and is never used again for another.
/// 00xx: syntax; 01xx: imports; 02xx: well-formedness; 03xx: stratification; 04xx: analysis; 05xx: OWL 2 RL;
/// 06xx: the rule catalogue.
/// </summary>
public static class DiagnosticCodes
{
    /// <summary>Something else was expected here (grammar).</summary>
    public const string UnexpectedToken = "SRL0001";

    /// <summary>A character or token that the language does not have, or one that does not end.</summary>
    public const string MalformedToken = "SRL0002";

    /// <summary>A prefix that no PREFIX declares.</summary>
    public const string UndeclaredPrefix = "SRL0003";

    /// <summary>A relative IRI without BASE.</summary>
    public const string RelativeIri = "SRL0004";

    /// <summary>A function that does not exist.</summary>
    public const string UnknownFunction = "SRL0005";

    /// <summary>A function called with too few or too many arguments.</summary>
    public const string WrongArgumentCount = "SRL0006";

    /// <summary>Nested too deeply, or an expression too long.</summary>
    public const string TooDeep = "SRL0007";

    /// <summary>A variable in a DATA block.</summary>
    public const string VariableInData = "SRL0008";

    /// <summary>VERSION names a version that this reader does not know.</summary>
    public const string UnknownVersion = "SRL0009";

    /// <summary>Reading stopped because of too many errors.</summary>
    public const string TooManyErrors = "SRL0010";

    /// <summary>Something that is not part of SPARQL 1.2 RL; reported by a strict reading only.</summary>
    public const string Extension = "SRL0011";

    /// <summary>A file that cannot be read.</summary>
    public const string UnreadableFile = "SRL0101";

    /// <summary>IMPORTS names something that may not or cannot be imported.</summary>
    public const string ImportNotAllowed = "SRL0102";

    /// <summary>A variable of the head that the body does not bind.</summary>
    public const string UnboundInHead = "SRL0201";

    /// <summary>A variable of a FILTER that nothing before it binds.</summary>
    public const string UnboundInFilter = "SRL0202";

    /// <summary>A variable of a SET expression that nothing before it binds.</summary>
    public const string UnboundInAssignment = "SRL0203";

    /// <summary>SET or AS of a variable that has a value already.</summary>
    public const string AlreadyBound = "SRL0204";

    /// <summary>A variable that a SELECT gives or compares without grouping by it or aggregating it.</summary>
    public const string NotGrouped = "SRL0205";

    /// <summary>A variable of GROUP BY or of an aggregate's argument that the SELECT's WHERE does not bind.</summary>
    public const string UnboundInSelect = "SRL0206";

    /// <summary>A cycle through negation, an aggregate or through a rule that runs once.</summary>
    public const string NotStratified = "SRL0301";

    /// <summary>Two rules of one name.</summary>
    public const string DuplicateRuleName = "SRL0401";

    /// <summary>A rule without a name.</summary>
    public const string UnnamedRule = "SRL0402";

    /// <summary>A rule that says what another says already.</summary>
    public const string SubsumedRule = "SRL0403";

    /// <summary>A variable that stands only once in its rule.</summary>
    public const string VariableUsedOnce = "SRL0404";

    /// <summary>A rule whose body nothing can match.</summary>
    public const string NeverFires = "SRL0405";

    /// <summary>A term that the ontology does not declare.</summary>
    public const string UnknownTerm = "SRL0406";

    /// <summary>A FILTER that cannot be true, alone or beside the rule's others.</summary>
    public const string UnsatisfiableFilter = "SRL0407";

    /// <summary>A FILTER or NOT that cannot be false.</summary>
    public const string AlwaysTrue = "SRL0408";

    /// <summary>A rule whose conclusions nothing reads.</summary>
    public const string UnusedRule = "SRL0409";

    /// <summary>A body of patterns without a variable in common.</summary>
    public const string DisconnectedBody = "SRL0410";

    /// <summary>An axiom that OWL 2 RL does not allow or that cannot be read.</summary>
    public const string UnsupportedAxiom = "SRL0501";

    /// <summary>A template that is not well written.</summary>
    public const string MalformedTemplate = "SRL0601";

    /// <summary>A placeholder that is no variable of the rule.</summary>
    public const string UnknownPlaceholder = "SRL0602";

    /// <summary>A catalogue entry given twice.</summary>
    public const string DuplicateCatalogueEntry = "SRL0603";

    /// <summary>A catalogue entry of a rule that does not exist.</summary>
    public const string EntryWithoutRule = "SRL0604";
}
