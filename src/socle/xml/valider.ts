import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Anomalie } from '#socle/refus.ts'

/** Says what an official schema reproaches to a document; empty when it is valid. */
export type Validateur = (octets: Uint8Array) => Anomalie[]

/**
 * A validator for one XSD and all that it includes, read from its folder: the schemas belong to the administration and
 * are not in this product, so their folder is given by who has them.
 * @param dossier folder that holds the whole package
 * @param entree the entry schema, relative to it
 * @param corrige mends a schema that libxml2 cannot take as published
 */
export async function openValidateur(
  dossier: string,
  entree: string,
  corrige: (schema: string, fichier: string) => string = (schema) => schema,
): Promise<Validateur> {
  // Loaded here only: the WebAssembly of libxml2 is of no use to who has no schema.
  const libxml = await import('libxml2-wasm')
  const racine = resolve(dossier)
  const fichiers = new Map<string, Uint8Array>()
  for (const e of readdirSync(racine, { recursive: true, withFileTypes: true }))
    if (e.isFile() && e.name.endsWith('.xsd')) {
      const path = join(e.parentPath, e.name)
      const nom = relative(racine, path)
      fichiers.set(nom, Buffer.from(corrige(await readFile(path, 'utf8'), nom)))
    }
  const source = fichiers.get(entree)
  if (!source) throw new Error(`schema not found: ${entree} in ${dossier}`)
  libxml.xmlRegisterInputProvider(new libxml.XmlBufferInputProvider(Object.fromEntries(fichiers)))
  const schema = libxml.XmlDocument.fromBuffer(source, { url: entree })
  const validateur = libxml.XsdValidator.fromDoc(schema)
  libxml.xmlCleanupInputProvider()
  return (octets) => {
    let document: InstanceType<typeof libxml.XmlDocument>
    try {
      document = libxml.XmlDocument.fromBuffer(octets)
    } catch (cause) {
      return details(cause)
    }
    try {
      validateur.validate(document)
      return []
    } catch (cause) {
      return details(cause)
    } finally {
      document.dispose()
    }
  }
}

function details(cause: unknown): Anomalie[] {
  const liste = (cause as { details?: { message: string; line: number }[] }).details
  if (!liste?.length) throw cause
  return liste.map((d) => ({
    code: 'xsd',
    message: d.message.trim(),
    lieu: `ligne ${d.line}`,
    bloquante: true,
  }))
}
