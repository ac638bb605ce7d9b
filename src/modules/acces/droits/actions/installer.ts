import { inscrire } from '#modules/journal/index.ts'
import { inscrireOrganismes, listOrganismes } from '#modules/organismes/index.ts'
import { type Base, inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { libelleRole } from '../../domain/roles.ts'
import { findPersonneByIdentifiant } from '../db/membres.ts'
import { createLien } from './lien.ts'
import { createCompte } from './roles.ts'

export type OrganismeACreer = {
  type: Parameters<typeof inscrireOrganismes>[1][number]['type']
  nom: string
  siret: string
  insee: string
  administrateur: { identifiant: string; nom: string; prenom: string }
}

const AUTEUR = { personneId: null, nom: 'Commande « organisme creer »' }

/**
 * A body and its first administrator, by whoever holds the machine: the agency first, then its members. A body that is
 * there already only gets the administrator. The link where a new account chooses its password is given once.
 */
export async function creerOrganisme(
  base: Base,
  o: OrganismeACreer,
  lienOf: (chemin: string) => string,
): Promise<{ organismeCree: boolean; lien: string | null; role: string }> {
  const siren = o.siret.slice(0, 9)
  const { id, cree } = await inPlateforme(base, async (tx) => {
    const existants = await listOrganismes(tx)
    const connu = existants.find((x) => x.siren === siren)
    if (connu) return { id: connu.id as string, cree: false }
    const agence = existants.some((x) => x.type === 'agence')
    if (o.type === 'agence' && agence)
      throw new Refus('organisme.agence', 'Une agence est déjà inscrite : il n’y en a qu’une.')
    if (o.type !== 'agence' && !agence)
      throw new Refus('organisme.agence', 'Inscrivez d’abord l’agence : --type agence.')
    const nouveau = newId<'Organisme'>()
    await inscrireOrganismes(
      tx,
      [
        {
          id: nouveau,
          type: o.type,
          nom: o.nom,
          siren,
          siret: o.siret,
          codeInsee: o.insee,
          adresse: '',
          codePostal: '',
          ville: '',
          courriel: '',
          telephone: '',
          epciId: null,
          rattachementId: null,
          membresIds: [],
          estFictif: false,
          populations: [],
        },
      ],
      '',
    )
    return { id: nouveau as string, cree: true }
  })
  const role = o.type === 'agence' ? 'administrateurTechnique' : 'administrateur'
  const identifiant = o.administrateur.identifiant.trim().toLowerCase()
  return inOrganisme(base, id, async (tx) => {
    const connu = await findPersonneByIdentifiant(tx, identifiant)
    const { compteId, personneId } = connu ?? (await createCompte(tx, { ...o.administrateur, identifiant }))
    await tx
      .insertInto('app.acces_appartenance')
      .values({
        organisme_id: id,
        id: newId(),
        personne_id: personneId,
        role,
        jusqua: null,
        donne_par_nom: AUTEUR.nom,
      })
      .onConflict((oc) =>
        oc.columns(['organisme_id', 'personne_id', 'role', 'depuis']).doUpdateSet({ retire_le: null }),
      )
      .execute()
    const lien = connu ? null : await createLien(tx, compteId, lienOf)
    await inscrire(tx, id, AUTEUR, {
      acte: 'role.donner',
      objet: { type: 'personne', id: personneId, libelle: identifiant },
      detail: { role: libelleRole(role), organisme: cree ? 'créé' : undefined, compte: connu ? undefined : 'créé' },
    })
    return { organismeCree: cree, lien, role: libelleRole(role) }
  })
}
