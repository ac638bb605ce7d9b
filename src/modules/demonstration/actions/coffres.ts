import { askFermeture, freezeCoffre, prepareRemise } from '#modules/coffre/index.ts'
import { type Depot, deposerDocument } from '#modules/documents/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { type Jour, jour } from '#socle/dates.ts'
import { type Base, inOrganisme, inPersonne, type Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { type Papier, renderPapier } from '../documents/papier.ts'
import type { Compte, Demonstration, Personne } from '../domain/types.ts'

const nomDe = (p: Personne) => `${p.prenoms[0]} ${p.nomUsage ?? p.nomNaissance}`

/** Two persons who had left their employer and have died since, the oldest first. */
function defuntsOf(d: Demonstration): Personne[] {
  const avecCompte = new Set<string>(d.comptes.map((c) => c.personneId))
  const partis = new Set<string>(
    d.carrieres
      .filter((c) => c.sortie?.startsWith(d.mois[0]!) && !avecCompte.has(c.personneId))
      .map((c) => c.personneId),
  )
  return d.personnes
    .filter((p) => partis.has(p.id))
    .sort((a, b) => a.naissance.localeCompare(b.naissance))
    .slice(0, 2)
}

const vide = { reference: '', avant: [], tableau: null, articles: [], signature: null }

const acteDeDeces = (p: Personne, le: Jour): Papier => ({
  ...vide,
  emetteur: [`Commune de ${p.ville}`, 'État civil'],
  date: le.split('-').reverse().join('/'),
  titre: 'Acte de décès (exemple de la démonstration)',
  fiche: [
    ['Personne décédée', nomDe(p)],
    ['Née le', p.naissance.split('-').reverse().join('/')],
    ['Décédée le', le.split('-').reverse().join('/')],
    ['Domicile', `${p.adresse}, ${p.codePostal} ${p.ville}`],
  ],
})

const acteDeNotoriete = (p: Personne, le: Jour): Papier => ({
  ...vide,
  emetteur: ['Office notarial de la démonstration', 'Mont-de-Marsan'],
  date: le.split('-').reverse().join('/'),
  titre: 'Attestation du notaire (exemple de la démonstration)',
  fiche: [
    ['Succession de', nomDe(p)],
    ['Chargé de la succession', 'Maître Élodie Darrigade'],
  ],
})

const acteur = (d: Demonstration, c: Compte): Acteur => ({
  compteId: c.id,
  personneId: c.personneId,
  nom: `${c.prenom} ${c.nom}`,
  organismeId: d.agenceId,
  droits: new Set(),
  via: 'appartenance',
})

/**
 * A safe frozen by a death, another whose handing over waits for a second person, and one that its holder is closing.
 * They are called for after the first production, so that there is something in them.
 */
export async function installCoffres(base: Base, depot: Depot, courrier: Courrier, d: Demonstration): Promise<void> {
  const compte = (courriel: string) => d.comptes.find((c) => c.courriel === courriel)
  const [superviseur, referent] = [compte('superviseur@bosquet.example'), compte('referent@bosquet.example')]
  const [defunte, ancienne] = defuntsOf(d)
  const titulaire = compte('agent2@bosquet.example')
  if (!superviseur || !referent || !defunte || !ancienne || !titulaire) throw new Error('the demonstration has changed')

  const joindre = async (tx: Tx, qui: Acteur, nom: string, papier: Papier) =>
    (await deposerDocument(tx, depot, qui, { nom, type: 'application/pdf', bytes: renderPapier(papier) })).id as string
  const geler = async (tx: Tx, p: Personne, le: Jour, motif: string) => {
    const qui = acteur(d, superviseur)
    const id = newId<'Succession'>()
    const documentId = await joindre(tx, qui, 'acte-de-deces.pdf', acteDeDeces(p, le))
    await freezeCoffre(tx, courrier, qui, { id, personneId: p.id, decedeeLe: le, motif, documentId })
    return id
  }
  await inOrganisme(base, d.agenceId, (tx) =>
    geler(tx, ancienne, jour('2025-11-12'), 'Son dernier employeur a transmis l’acte, reçu de la famille.'),
  )
  const succession = await inOrganisme(base, d.agenceId, (tx) =>
    geler(tx, defunte, jour('2025-11-06'), 'Le notaire a écrit à l’agence, acte joint.'),
  )
  await inOrganisme(base, d.agenceId, async (tx) => {
    const qui = acteur(d, referent)
    await prepareRemise(
      tx,
      qui,
      { id: succession, personneId: defunte.id, nom: nomDe(defunte) },
      {
        id: newId<'Remise'>(),
        beneficiaire: 'Maître Élodie Darrigade, Mont-de-Marsan',
        qualite: 'notaire',
        motif: 'Le notaire demande les bulletins pour régler la succession.',
        documentId: await joindre(tx, qui, 'attestation-notaire.pdf', acteDeNotoriete(defunte, jour('2025-11-20'))),
      },
    )
  })
  const qui = { personneId: titulaire.personneId, nom: `${titulaire.prenom} ${titulaire.nom}` }
  await inPersonne(base, titulaire.personneId, (tx) => askFermeture(tx, courrier, qui, newId<'Fermeture'>()))
}
