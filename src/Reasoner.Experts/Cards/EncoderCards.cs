namespace Reasoner.Experts;

/// <summary>Turns a feature encoder into its part of a card, and back.</summary>
internal static class EncoderCards
{
    public static IReadOnlyList<FeatureCard> ToCards(this FeatureEncoder encoder) =>
        [.. encoder.Schema.Zip(encoder.Encodings, (feature, encoding) =>
        {
            var card = new FeatureCard(feature.Name, feature.Kind, feature.Path, feature.Protected);
            return encoding switch
            {
                StandardisedNumber number => card with { Mean = number.Mean, Scale = number.Scale, Edges = number.Edges.Count == 0 ? null : number.Edges },
                OneHotCategory category => card with { Vocabulary = category.Vocabulary },
                _ => card,
            };
        })];

    /// <exception cref="ModelException">The card's features do not say how they are encoded.</exception>
    public static FeatureEncoder ToEncoder(this IReadOnlyList<FeatureCard> cards)
    {
        var schema = new FeatureSchema(cards.Select(card => new Feature(card.Name, card.Kind, card.Path) { Protected = card.Protected }));
        return new(schema, [.. cards.Select(card => card.Protected ? null : ToEncoding(card))]);
    }

    private static FeatureEncoding ToEncoding(FeatureCard card) => card switch
    {
        { Kind: FeatureKind.Boolean } => new TruthValue(),
        { Kind: FeatureKind.Numeric, Mean: { } mean, Scale: > 0 and { } scale } when double.IsFinite(mean) && double.IsFinite(scale) && IsRising(card.Edges ?? []) =>
            new StandardisedNumber(mean, scale, card.Edges ?? []),
        { Kind: FeatureKind.Categorical, Vocabulary: { } words } when !words.Contains(null!) && words.Distinct(StringComparer.Ordinal).Count() == words.Count =>
            new OneHotCategory(words),
        _ => throw new ModelException(
            $"The model card does not say how the feature \"{card.Name}\" is encoded.",
            "Train the model again; it writes the card and the model file together."),
    };

    private static bool IsRising(IReadOnlyList<double> edges) =>
        edges.Count != 1 && edges.All(double.IsFinite) && (edges.Count == 0 || double.IsFinite(edges[^1] - edges[0])) && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second);
}
