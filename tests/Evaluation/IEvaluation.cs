namespace ThreeOneOne.Field.Evaluation;

/// <summary>One question about accuracy: what we reach, and what simpler ways reach on the same windows.</summary>
internal interface IEvaluation
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>One line of help.</summary>
    string Purpose { get; }

    /// <summary>Measures. What cannot be measured for want of data is said in the report, never guessed.</summary>
    void Run(EvaluationContext context, Report report);
}
