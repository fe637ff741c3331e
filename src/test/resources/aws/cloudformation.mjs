// Writes cloudformation.json: what CloudFormation publishes of the resource types that deploy/lambda uses.
// npm install @aws-cdk/aws-service-spec@0.1.216 && node cloudformation.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const SOURCE = '@aws-cdk/aws-service-spec';
const USED = ['AWS::Serverless::Function', 'AWS::Lambda::Permission', 'AWS::IAM::Role', 'AWS::Scheduler::Schedule'];
const DEPTH = 3;

const folder = `node_modules/${SOURCE}/`;
const { version, license } = JSON.parse(readFileSync(`${folder}package.json`));
const { schema } = JSON.parse(gunzipSync(readFileSync(`${folder}db.json.gz`)));
const definitions = new Map(schema.typeDefinition.entities.map((one) => [one.$id, one]));

const type = (of, depth) => {
  if (of.type === 'ref') return depth === 0 ? 'json' : properties(definitions.get(of.reference.$ref).properties, depth - 1);
  if (of.type === 'array' || of.type === 'map') return { [of.type]: type(of.element, depth) };
  if (of.type === 'union') return { any: of.types.map((one) => type(one, depth)) };
  return of.type;
};
const properties = (all, depth) => ({
  properties: Object.fromEntries(
    Object.entries(all).map(([name, one]) => [name, { type: type(one.type, depth), ...(one.required && { required: true }) }]),
  ),
});

const types = Object.fromEntries(
  USED.map((name) => [name, properties(schema.resource.entities.find((one) => one.cloudFormationType === name).properties, DEPTH)]),
);
// Of SAM's policies only their names matter, and none is used.
types['AWS::Serverless::Function'].properties.Policies.type = 'json';
writeFileSync('cloudformation.json', `${JSON.stringify({ source: `${SOURCE} ${version}`, license, types }, null, 1)}\n`);
