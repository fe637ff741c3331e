// A timer function is named as the cron endpoint that it calls. What is not 200 fails, and is seen in the app's log.
module.exports = async (context) => {
  const { IMPORTONCE_URL, CRON_SECRET } = process.env;
  const answer = await fetch(`${IMPORTONCE_URL}/api/cron/${context.executionContext.functionName}?budget=PT50S`, {
    method: 'POST',
    headers: { authorization: `Bearer ${CRON_SECRET}` },
    signal: AbortSignal.timeout(110_000),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  context.log(text);
};
